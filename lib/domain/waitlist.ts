import { weekdayOfDay } from "./calendar";
import { DAY, HOUR, MINUTE } from "./interval";
import { type QuietHours, quietAround } from "./reminders";
import { localDay, offsetAt } from "./zone";

export type PartOfDay = "morning" | "afternoon" | "evening";

/** A wish. Empty lists and nulls mean that any will do; days are day numbers, both included, by the place's clock. */
export type Wish = Readonly<{
  serviceId: string;
  doctorIds: readonly string[];
  locationId: string | null;
  fromDay: number;
  toDay: number;
  weekdays: readonly number[];
  partsOfDay: readonly PartOfDay[];
  /** The start (epoch seconds) of the visit that a time must be earlier than. */
  earlierThan: number | null;
}>;

/** A free time of one service; instants are epoch seconds, the zone is the place's. */
export type FreedSlot = Readonly<{
  serviceId: string;
  doctorId: string;
  locationId: string;
  start: number;
  zone: string;
}>;

/** Somebody who waits, with what their turn depends on. */
export type Candidate = Readonly<{
  entryId: string;
  wish: Wish;
  waitingSince: number;
  /** Offers that this wish has had. */
  offers: number;
  /** Offers to the patient, of whichever wish, since their day began. */
  offersToday: number;
  hasOpenOffer: boolean;
  /** This very time was offered for this wish before. */
  hadThis: boolean;
  zone: string;
  quiet: QuietHours;
}>;

/** Offers that one patient gets in one day at the most. */
export const MAX_OFFERS_A_DAY = 3;
/** An offer stands for so long, ... */
export const OFFER_SECONDS = 2 * HOUR;
/** ... or for this share of what is left until the time can be booked no more, ... */
const SHARE = 4;
/** ... but for less than this none is made. */
export const LEAST_OFFER_SECONDS = 15 * MINUTE;

const NOON = 12 * HOUR;
const EVENING = 17 * HOUR;

/** Which part of its day an instant is in: mornings end at noon, afternoons at five. */
export function partOfDay(instant: number, zone: string): PartOfDay {
  const wall = instant + offsetAt(instant, zone) - localDay(instant, zone) * DAY;
  if (wall < NOON) return "morning";
  return wall < EVENING ? "afternoon" : "evening";
}

const isAny = <T>(wanted: readonly T[], one: T) => wanted.length === 0 || wanted.includes(one);

/** Whether a free time is one that was wished for. */
export function fits(wish: Wish, slot: FreedSlot): boolean {
  const day = localDay(slot.start, slot.zone);
  return (
    wish.serviceId === slot.serviceId &&
    isAny(wish.doctorIds, slot.doctorId) &&
    (wish.locationId === null || wish.locationId === slot.locationId) &&
    wish.fromDay <= day &&
    day <= wish.toDay &&
    isAny(wish.weekdays, weekdayOfDay(day)) &&
    isAny(wish.partsOfDay, partOfDay(slot.start, slot.zone)) &&
    (wish.earlierThan === null || slot.start < wish.earlierThan)
  );
}

/** Until when an offer made now stands (epoch seconds); null where too little is left for an answer. */
export function offerUntil(now: number, bookableUntil: number): number | null {
  const left = bookableUntil - now;
  if (left < LEAST_OFFER_SECONDS) return null;
  return now + Math.min(OFFER_SECONDS, Math.max(LEAST_OFFER_SECONDS, Math.floor(left / SHARE)));
}

/** When a candidate may be written to: now, or when their quiet hours end. */
export function awakeAt({ zone, quiet }: Pick<Candidate, "zone" | "quiet">, now: number): number {
  return quietAround(now, zone, quiet)?.end ?? now;
}

const byTurn = (a: Candidate, b: Candidate) =>
  a.waitingSince - b.waitingSince || a.offers - b.offers || (a.entryId < b.entryId ? -1 : 1);

export type Turn<One extends Candidate = Candidate> = Readonly<{
  /** Whom to offer it to, the first one first. */
  ranked: readonly One[];
  /** When the first of those who are asleep wakes up (epoch seconds); null where nobody is. */
  wakesAt: number | null;
}>;

/**
 * Who gets a free time offered: whose wish it fits, who has no other offer open, had not this one before and not too many today. Those who
 * have waited longest come first, then those with the fewest offers. Whose clock says quiet is not written to, and named as who wakes.
 */
export function rank<One extends Candidate>(candidates: readonly One[], slot: FreedSlot, now: number): Turn<One> {
  const able = candidates
    .filter((one) => fits(one.wish, slot) && !one.hasOpenOffer && !one.hadThis && one.offersToday < MAX_OFFERS_A_DAY)
    .sort(byTurn);
  const asleep = able.map((one) => awakeAt(one, now)).filter((at) => at > now);
  return {
    ranked: able.filter((one) => awakeAt(one, now) <= now),
    wakesAt: asleep.length > 0 ? Math.min(...asleep) : null,
  };
}
