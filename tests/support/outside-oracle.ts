import { Temporal } from "temporal-polyfill";

// Test support: free slots as somebody reads them out of the API's description, with Temporal and none of our own code. Instants are milliseconds.

export type Span = { start: number; end: number };
export type Rule = {
  locationId: string;
  weekday: number;
  start: string;
  end: string;
  validFrom?: string;
  validUntil?: string;
  serviceIds?: string[];
};
export type Exception = { kind: "leave" | "extra"; locationId?: string; from: string; to: string };
export type Service = {
  id: string;
  durationMinutes: number;
  slotStepMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  minNoticeMinutes: number;
  horizonDays: number;
  requiresRoom: boolean;
};
export type Room = { id: string; locationId: string; serviceIds: string[]; busy: Span[] };
export type World = {
  now: number;
  zones: Record<string, string>;
  services: Service[];
  doctor: { id: string; rules: Rule[]; exceptions: Exception[]; busy: Span[] };
  rooms: Room[];
};

const MINUTE = 60_000;

/** When a wall time is reached: a gap is reached when it ends; a repeated time opens at its first passing and closes at its second. */
function passing(date: Temporal.PlainDate, time: string, zone: string, closes: boolean): number {
  const wall =
    time === "24:00"
      ? date.add({ days: 1 }).toPlainDateTime("00:00")
      : date.toPlainDateTime(Temporal.PlainTime.from(time));
  const [earlier, later] = (["earlier", "later"] as const).map((disambiguation) =>
    wall.toZonedDateTime(zone, { disambiguation }),
  );
  if (earlier === undefined || later === undefined) throw new Error("no such time");
  if (earlier.toPlainDateTime().equals(wall)) return (closes ? later : earlier).epochMilliseconds;
  // "Earlier" reads a skipped time by the clock after the gap, and so lands before the change.
  return (earlier.getTimeZoneTransition("next") as Temporal.ZonedDateTime).epochMilliseconds;
}

function merged(spans: Span[]): Span[] {
  const out: Span[] = [];
  for (const one of [...spans].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && one.start <= last.end) last.end = Math.max(last.end, one.end);
    else out.push({ ...one });
  }
  return out;
}

const minus = (spans: Span[], cut: Span): Span[] =>
  spans.flatMap(({ start, end }) =>
    [
      { start, end: Math.min(end, cut.start) },
      { start: Math.max(start, cut.end), end },
    ].filter((piece) => piece.start < piece.end),
  );

/** The doctor's windows at a place: rules plus extra hours, minus leave. */
function windowsAt(world: World, locationId: string, serviceId: string, dates: Temporal.PlainDate[]): Span[] {
  const zone = world.zones[locationId] as string;
  const { rules, exceptions } = world.doctor;
  const open: Span[] = [];
  for (const rule of rules) {
    if (rule.locationId !== locationId || (rule.serviceIds && !rule.serviceIds.includes(serviceId))) continue;
    for (const date of dates) {
      const iso = date.toString();
      if (date.dayOfWeek !== rule.weekday || iso < (rule.validFrom ?? "") || iso > (rule.validUntil ?? "9999"))
        continue;
      open.push({ start: passing(date, rule.start, zone, false), end: passing(date, rule.end, zone, true) });
    }
  }
  const spanOf = ({ from, to }: Exception) => ({ start: Date.parse(from), end: Date.parse(to) });
  for (const one of exceptions) if (one.kind === "extra" && one.locationId === locationId) open.push(spanOf(one));
  return exceptions
    .filter((one) => one.kind === "leave" && (one.locationId ?? locationId) === locationId)
    .reduce((left, one) => minus(left, spanOf(one)), merged(open.filter(({ start, end }) => start < end)));
}

const meets = (a: Span, b: Span) => a.start < b.end && b.start < a.end;

/** Every slot of whole dates `from` to `to` (both included, by each place's own clock) as "start location", in order. */
export function slotsOutside(world: World, serviceId: string, from: string, to: string): string[] {
  const service = world.services.find(({ id }) => id === serviceId) as Service;
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  // Far enough around for whatever touches; no case is open for a week on end.
  const dates = Array.from({ length: first.until(last, { largestUnit: "day" }).days + 21 }, (_, n) =>
    first.add({ days: n - 10 }),
  );
  const earliest = world.now + service.minNoticeMinutes * MINUTE;
  const latest = world.now + service.horizonDays * 24 * 60 * MINUTE;
  const found: { start: number; locationId: string }[] = [];
  for (const [locationId, zone] of Object.entries(world.zones)) {
    const opens = first.toZonedDateTime({ timeZone: zone }).epochMilliseconds;
    const closes = last.add({ days: 1 }).toZonedDateTime({ timeZone: zone }).epochMilliseconds;
    for (const window of windowsAt(world, locationId, serviceId, dates)) {
      for (let start = window.start; ; start += service.slotStepMinutes * MINUTE) {
        if (start + service.durationMinutes * MINUTE > window.end) break;
        if (start < opens || start >= closes || start < earliest || start > latest) continue;
        const busy = {
          start: start - service.bufferBeforeMinutes * MINUTE,
          end: start + (service.durationMinutes + service.bufferAfterMinutes) * MINUTE,
        };
        if (world.doctor.busy.some((other) => meets(other, busy))) continue;
        const rooms = world.rooms.filter(
          (room) =>
            room.locationId === locationId && (room.serviceIds.length === 0 || room.serviceIds.includes(serviceId)),
        );
        if (service.requiresRoom && !rooms.some((room) => !room.busy.some((other) => meets(other, busy)))) continue;
        found.push({ start, locationId });
      }
    }
  }
  return found
    .sort((a, b) => a.start - b.start || (a.locationId < b.locationId ? -1 : 1))
    .map(({ start, locationId }) => `${new Date(start).toISOString()} ${locationId}`);
}
