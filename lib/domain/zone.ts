import { Temporal } from "temporal-polyfill";
import { dateOf, dayNumber, type LocalDate } from "./calendar";
import { DAY, type Interval } from "./interval";

// The only file that turns wall time and IANA zone into instants and back.

/** Which end of a window a wall time is: it decides what a repeated hour means. */
export type Boundary = "opens" | "closes";

const CACHE_LIMIT = 20_000;
const offsets = new Map<string, Map<number, number>>();
const walls = new Map<string, number>();

const zonedAt = (instant: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant * 1_000).toZonedDateTimeISO(zone);

/** Seconds east of UTC at 00:00Z of a UTC day; looked up once per zone and day. */
function offsetAtDay(zone: string, utcDay: number): number {
  let days = offsets.get(zone);
  if (!days) {
    days = new Map();
    offsets.set(zone, days);
  }
  let offset = days.get(utcDay);
  if (offset === undefined) {
    if (days.size >= CACHE_LIMIT) days.clear();
    offset = zonedAt(utcDay * DAY, zone).offsetNanoseconds / 1e9;
    days.set(utcDay, offset);
  }
  return offset;
}

/** Seconds east of UTC at an instant. */
export function offsetAt(instant: number, zone: string): number {
  const day = Math.floor(instant / DAY);
  const before = offsetAtDay(zone, day);
  return before === offsetAtDay(zone, day + 1) ? before : zonedAt(instant, zone).offsetNanoseconds / 1e9;
}

/**
 * The instant (epoch seconds) of a wall time: `seconds` after midnight of day number `day` by the clock on the wall, 86,400 being
 * the next midnight. In a spring gap it is the gap's end; in a repeated hour the first passing where it opens, the second where it closes.
 */
export function instantOf(zone: string, day: number, seconds: number, boundary: Boundary): number {
  const wall = day * DAY + seconds;
  const wallDay = Math.floor(wall / DAY);
  const offset = offsetAtDay(zone, wallDay - 1);
  // Every offset is within a day of UTC: equal offsets around the date mean no clock change on it.
  if (offset === offsetAtDay(zone, wallDay + 1) && offset === offsetAtDay(zone, wallDay + 2)) return wall - offset;

  const key = `${zone} ${wall} ${boundary}`;
  let instant = walls.get(key);
  if (instant === undefined) {
    if (walls.size >= CACHE_LIMIT) walls.clear();
    instant = resolveNearChange(zone, wall, boundary);
    walls.set(key, instant);
  }
  return instant;
}

function resolveNearChange(zone: string, wall: number, boundary: Boundary): number {
  const plain = Temporal.PlainDateTime.from(new Date(wall * 1_000).toISOString().slice(0, 19));
  const at = (disambiguation: "reject" | "earlier" | "later") => plain.toZonedDateTime(zone, { disambiguation });
  try {
    return at("reject").epochMilliseconds / 1_000;
  } catch {
    const earlier = at("earlier");
    const isRepeated = earlier.toPlainDateTime().equals(plain);
    if (isRepeated) return (boundary === "opens" ? earlier : at("later")).epochMilliseconds / 1_000;
    const gapEnd = earlier.getTimeZoneTransition("next");
    if (!gapEnd) throw new Error(`no clock change after ${plain} in ${zone}`);
    return gapEnd.epochMilliseconds / 1_000;
  }
}

/** Day number of the date on the wall at an instant. */
export const localDay = (instant: number, zone: string) => Math.floor((instant + offsetAt(instant, zone)) / DAY);

/** The date on the wall at an instant (epoch seconds). */
export const localDate = (instant: number, zone: string): LocalDate => dateOf(localDay(instant, zone));

/** "HH:MM" on the wall at an instant (epoch seconds). */
export const localTime = (instant: number, zone: string) =>
  new Date((instant + offsetAt(instant, zone)) * 1_000).toISOString().slice(11, 16);

/** A whole date at a place as instants: 23, 24 or 25 hours, none where the place skipped the date. */
export function dayBounds(date: LocalDate, zone: string): Interval {
  const day = dayNumber(date);
  if (Number.isNaN(day)) throw new RangeError(`not a date: ${date}`);
  return { start: instantOf(zone, day, 0, "opens"), end: instantOf(zone, day + 1, 0, "opens") };
}

/** An IANA zone that this runtime knows; bare offsets (`+05:30`) are not zones. */
export function isValidTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
