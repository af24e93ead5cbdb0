/** A free time as every door shows it. Instants are ISO 8601 with Z; `timeZone` is the location's. */
export type SlotView = { start: string; end: string; doctorId: string; locationId: string; timeZone: string };

/** How much is free on one date at one place, for a strip of days. */
export type DayCount = { date: string; count: number };
