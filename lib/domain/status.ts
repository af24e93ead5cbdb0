/** Status words after FHIR R4's AppointmentStatus; `held` is its `pending`. The database holds the same table and refuses the same moves. */
export const STATUSES = [
  "held",
  "booked",
  "arrived",
  "checked_in",
  "in_progress",
  "fulfilled",
  "no_show",
  "cancelled",
] as const;
export type Status = (typeof STATUSES)[number];

/** From each status to those that anyone with the right may set. */
export const TRANSITIONS: Readonly<Record<Status, readonly Status[]>> = {
  held: ["booked", "cancelled"],
  booked: ["arrived", "checked_in", "no_show", "cancelled"],
  arrived: ["checked_in", "in_progress", "no_show", "cancelled"],
  checked_in: ["in_progress", "no_show", "cancelled"],
  in_progress: ["fulfilled"],
  fulfilled: [],
  no_show: [],
  cancelled: [],
};

/** Moves that only our own jobs make, to record visits of the past. */
export const SYSTEM_TRANSITIONS: Readonly<Partial<Record<Status, readonly Status[]>>> = { booked: ["fulfilled"] };

/** Statuses that occupy the time of doctor, room and patient. */
export const ACTIVE_STATUSES = STATUSES.filter((status) => status !== "cancelled");

export const isTerminal = (status: Status) => TRANSITIONS[status].length === 0;

/** Staying where one is is no transition. */
export const canTransition = (from: Status, to: Status, by: { system: boolean } = { system: false }) =>
  TRANSITIONS[from].includes(to) || (by.system && (SYSTEM_TRANSITIONS[from]?.includes(to) ?? false));

/** Statuses that may follow, in the order of the table. */
export const nextStatuses = (from: Status, by: { system: boolean } = { system: false }) =>
  STATUSES.filter((to) => canTransition(from, to, by));

/** A visit can be moved or cancelled by its patient only while nobody has arrived. */
export const isUpcoming = (status: Status) => status === "held" || status === "booked";
