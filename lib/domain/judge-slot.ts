import { roomlessStarts } from "./exact-slots";
import { contains, type Interval, overlaps } from "./interval";
import type { Window } from "./schedule";
import type { RoomsBusy, VisitShape } from "./slots";

/** Why a start is not offered; the words of GET /slots/explain. */
const SLOT_REASONS = [
  "service_not_offered",
  "outside_hours",
  "on_leave",
  "not_aligned",
  "doctor_busy",
  "no_room",
  "too_soon",
  "too_far",
] as const;
export type SlotReason = (typeof SLOT_REASONS)[number];

/** Reasons that staff may override with a reason of their own; the others are facts of the house. */
export const OVERRIDABLE_REASONS: readonly SlotReason[] = [
  "outside_hours",
  "on_leave",
  "not_aligned",
  "too_soon",
  "too_far",
];

/** Everything that decides on one start of one doctor. */
export type SlotDay = Readonly<{
  shape: VisitShape;
  /** Whether the doctor does this service, and both are active. */
  isServiceOffered: boolean;
  /** Rules and extra hours, before leave. */
  hours: readonly Window[];
  /** The same minus leave: what search offers from. */
  windows: readonly Window[];
  /** The doctor's busy ranges, buffers included, without the visit that is being moved. */
  busy: readonly Interval[];
  /** Null where the service needs no room. */
  rooms: RoomsBusy | null;
  earliest: number;
  latest: number;
}>;

export type SlotVerdict = Readonly<{ offered: boolean; locationId: string | null; reasons: SlotReason[] }>;

/** The doctor's and the room's time that a visit takes: [start - before, end + after). */
export const busyRange = (start: number, { visit, before, after }: VisitShape): Interval => ({
  start: start - before,
  end: start + visit + after,
});

/**
 * Judges one start with the rules that search offers by: `offered` here is membership there. Without `locationId`, the first location that
 * offers it, else the one that comes nearest to it.
 */
export function judgeSlot(day: SlotDay, start: number, locationId?: string | null): SlotVerdict {
  const reasons = placeless(day, start);
  const visit = { start, end: start + day.shape.visit };
  const here = (window: Window) => (!locationId || window.locationId === locationId) && contains(window, visit);
  const hours = day.hours.filter(here);
  const open = day.windows.filter(here);

  if (open.length === 0) {
    reasons.unshift(hours.length === 0 ? "outside_hours" : "on_leave");
    const place = locationId ?? hours[0]?.locationId ?? null;
    if (place && lacksRoom(day, start, place)) reasons.push("no_room");
    return verdict(day, place, reasons);
  }
  const verdicts = open.map((window) => {
    const isAligned = (start - window.start) % day.shape.step === 0;
    const more: SlotReason[] = isAligned ? [] : ["not_aligned"];
    if (lacksRoom(day, start, window.locationId)) more.push("no_room");
    return verdict(day, window.locationId, [...reasons, ...more]);
  });
  return verdicts
    .sort((a, b) => a.reasons.length - b.reasons.length || (String(a.locationId) < String(b.locationId) ? -1 : 1))
    .at(0) as SlotVerdict;
}

/** Whether search would offer this start. */
export const isOffered = (day: SlotDay, start: number, locationId?: string | null) =>
  judgeSlot(day, start, locationId).offered;

function placeless(day: SlotDay, start: number): SlotReason[] {
  const range = busyRange(start, day.shape);
  const reasons: SlotReason[] = [];
  if (day.busy.some((busy) => overlaps(busy, range))) reasons.push("doctor_busy");
  if (start < day.earliest) reasons.push("too_soon");
  if (start > day.latest) reasons.push("too_far");
  return reasons;
}

const lacksRoom = (day: SlotDay, start: number, locationId: string) =>
  roomlessStarts(day, locationId).some((blocked) => blocked.start <= start && start < blocked.end);

function verdict(day: SlotDay, locationId: string | null, found: SlotReason[]): SlotVerdict {
  const all = day.isServiceOffered ? found : [...found, "service_not_offered" as const];
  const reasons = SLOT_REASONS.filter((reason) => all.includes(reason));
  return { offered: reasons.length === 0, locationId, reasons };
}
