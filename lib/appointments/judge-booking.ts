import type { Actor } from "@/lib/domain/actor";
import { type Interval, MINUTE, overlaps } from "@/lib/domain/interval";
import { busyRange, judgeSlot, OVERRIDABLE_REASONS, type SlotDay, type SlotReason } from "@/lib/domain/judge-slot";
import { bookableRange } from "@/lib/domain/policies";
import { type Refused, refuse } from "@/lib/domain/result";
import { applyExceptions, exceptionRange, expandRules, openHours, type ScheduleException } from "@/lib/domain/schedule";
import type { RoomsBusy, VisitShape } from "@/lib/domain/slots";
import { may } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import type { BookingFacts, OwnHold, RoomFact, Wanted } from "./booking-facts";
import type { Place, ReferenceFacts } from "./reference-facts";
import { slotUnavailable } from "./refusals";

export type BookingRefusal =
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "validation_failed"
  | "policy_refused"
  | "slot_unavailable";

/** Where and when a visit that may be written will be. */
export type Decision = {
  ok: true;
  place: Place;
  /** Rooms that are free, the first to be taken; null where the service needs none. */
  rooms: RoomFact[] | null;
  visit: { start: Date; end: Date };
  busy: { start: Date; end: Date };
  /** True where only a staff member's reason made it possible. */
  isOverridden: boolean;
};

export const notFound = (path: string) =>
  refuse("not_found", { detail: "There is no such thing.", errors: [{ path, message: "was not found" }] });

/** Who may book for whom: patients for themselves and where a grant says "book", reception for everybody, doctors in their own calendar. */
export function judgeWho(actor: Actor, facts: BookingFacts, wanted: Wanted): { ok: true } | Refused<BookingRefusal> {
  if (actor.kind === "anonymous") return refuse("unauthenticated");
  const { reference } = facts;
  if (!reference.isDoctorActive) return notFound("doctorId");
  if (!reference.isServiceActive) return notFound("serviceId");
  if (wanted.patientId && facts.givenName === null) return notFound("patientId");
  const about = { ...wanted, capabilities: facts.capabilities };
  if (!may(actor, "visit.book", about))
    return may(actor, "patient.read", about) ? refuse("forbidden") : notFound("patientId");
  if (reference.selfBookable || wanted.isOffered || may(actor, "visit.unbound", about)) return { ok: true };
  return refuse("policy_refused", {
    detail: "This visit is arranged by the clinic. Please call.",
    data: { reason: "not_self_bookable", phone: reference.places?.find(({ phone }) => phone)?.phone ?? null },
  });
}

const shapeOf = (reference: ReferenceFacts): VisitShape => ({
  visit: reference.durationMinutes * MINUTE,
  step: reference.slotStepMinutes * MINUTE,
  before: reference.bufferBeforeMinutes * MINUTE,
  after: reference.bufferAfterMinutes * MINUTE,
});

const isOwn = (holds: readonly OwnHold[], start: number, end: number, roomId?: string) =>
  holds.some((hold) => hold.busy[0] === start && hold.busy[1] === end && (!roomId || hold.roomId === roomId));

/** Busy ranges without the caller's own holds, which give way to what they book. */
function othersBusy(spans: readonly [number, number][] | null, holds: readonly OwnHold[], roomId?: string): Interval[] {
  return (spans ?? [])
    .filter(([start, end]) => !isOwn(holds, start, end, roomId))
    .map(([start, end]) => ({ start, end }));
}

function roomsBusy(facts: BookingFacts, holds: readonly OwnHold[]): RoomsBusy | null {
  if (!facts.reference.requiresRoom) return null;
  const rooms = new Map<string, Interval[][]>();
  for (const room of facts.rooms ?? []) {
    const here = rooms.get(room.locationId) ?? [];
    here.push(othersBusy(room.busy, holds, room.id));
    rooms.set(room.locationId, here);
  }
  return rooms;
}

function dayOf(facts: BookingFacts, wanted: Wanted, holds: readonly OwnHold[], now: Date): SlotDay {
  const { reference } = facts;
  const start = wanted.start.getTime() / 1_000;
  const places = new Map((reference.places ?? []).filter(({ isActive }) => isActive).map((place) => [place.id, place]));
  const isOpenAt = (id: string | null) => id === null || places.has(id);
  const near = exceptionRange({ start, end: start + 1 });
  const exceptions: ScheduleException[] = (reference.exceptions ?? []).filter(
    (exception) => isOpenAt(exception.locationId) && overlaps(exception, near),
  );
  const zoneOf = (id: string) => (places.get(id) as Place).timeZone;
  const windows = expandRules(
    (reference.rules ?? []).filter(({ locationId }) => places.has(locationId)),
    { start, end: start + 1 },
    zoneOf,
    wanted.serviceId,
  );
  return {
    shape: shapeOf(reference),
    isServiceOffered: reference.offers,
    hours: openHours(windows, exceptions, zoneOf),
    windows: applyExceptions(windows, exceptions, zoneOf),
    busy: othersBusy(
      facts.busy,
      holds.filter(({ doctorId }) => doctorId === wanted.doctorId),
    ),
    rooms: roomsBusy(facts, holds),
    ...bookableRange({ minNoticeMinutes: reference.minNoticeMinutes, horizonDays: reference.horizonDays }, now),
  };
}

/** Fixed by the place itself, by what search would choose, or by the doctor's only one. */
function placeOf(facts: BookingFacts, id: string | null | undefined): Place | null {
  const places = (facts.reference.places ?? []).filter(({ isActive }) => isActive);
  if (id) return places.find((place) => place.id === id) ?? null;
  return places.length === 1 ? (places[0] as Place) : null;
}

/**
 * Judges the wanted time with the function that search offers by. With a reason, staff may take a time outside hours, notice, horizon and
 * grid; a busy doctor or room nobody overrides.
 * @param ignore reasons that do not count here: a hold was in time when it was made
 */
export function judgeTime(
  actor: Actor,
  facts: BookingFacts,
  wanted: Wanted,
  options: {
    now: Date;
    holds: readonly OwnHold[];
    overrideReason?: string | undefined;
    ignore?: readonly SlotReason[];
  },
): Decision | Refused<BookingRefusal> {
  const { now, holds, overrideReason, ignore = [] } = options;
  if (overrideReason && !may(actor, "visit.override")) return refuse("forbidden");
  if (wanted.locationId && !placeOf(facts, wanted.locationId)) return notFound("locationId");

  const day = dayOf(facts, wanted, holds, now);
  const start = wanted.start.getTime() / 1_000;
  let verdict = judgeSlot(day, start, wanted.locationId);
  const place = placeOf(facts, verdict.locationId ?? wanted.locationId);
  if (place && verdict.locationId === null) verdict = judgeSlot(day, start, place.id);

  const counted = verdict.reasons.filter((reason) => !ignore.includes(reason));
  const hard = counted.filter((reason) => !overrideReason || !OVERRIDABLE_REASONS.includes(reason));
  if (hard.length > 0) return slotUnavailable(hard);
  if (!place) return invalid("locationId", "say where");

  const range = busyRange(start, day.shape);
  const at = (seconds: number) => new Date(seconds * 1_000);
  const rooms = facts.reference.requiresRoom ? freeRooms(facts, place.id, holds, range) : null;
  if (rooms?.length === 0) return slotUnavailable(["no_room"]);
  return {
    ok: true,
    place,
    rooms,
    visit: { start: wanted.start, end: at(start + day.shape.visit) },
    busy: { start: at(range.start), end: at(range.end) },
    isOverridden: counted.length > 0,
  };
}

const freeRooms = (facts: BookingFacts, placeId: string, holds: readonly OwnHold[], range: Interval) =>
  (facts.rooms ?? []).filter(
    (room) =>
      room.locationId === placeId && !othersBusy(room.busy, holds, room.id).some((busy) => overlaps(busy, range)),
  );
