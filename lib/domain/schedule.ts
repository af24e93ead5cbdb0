import { dayNumber, isDate, secondsOfTime, weekdayOfDay } from "./calendar";
import { byStart, DAY, type Interval, isEmpty, overlaps, subtract } from "./interval";
import type { FieldError } from "./result";
import { instantOf, localDay } from "./zone";

/** Hours that come back each week, as wall time at the location. Both validity dates are included; no `serviceIds` means every service. */
export type WeeklyRule = Readonly<{
  locationId: string;
  /** ISO: Monday 1 to Sunday 7. */
  weekday: number;
  /** "HH:MM"; `end` may be "24:00". */
  start: string;
  end: string;
  validFrom?: string | null;
  validUntil?: string | null;
  serviceIds?: readonly string[] | null;
}>;

/** A single stretch of leave or extra hours, in instants. Leave without a location is leave from all of them. */
export type ScheduleException = Interval & Readonly<{ kind: "leave" | "extra"; locationId: string | null }>;

/** A stretch in which the doctor sees patients at one location. Starts of visits count from its opening. */
export type Window = Interval & Readonly<{ locationId: string }>;

/** A window that has been open for longer counts anew: without a bound, hours round the clock would have no opening. */
const LONGEST_COUNT_SECONDS = 7 * DAY;
/** So far before a range hours can still decide where a window inside it opens: until it counts anew, and the week until it does so again. */
const LOOK_BACK_DAYS = 15;

/** The range and as far around it as leave and extra hours can move what is in it. */
export const exceptionRange = ({ start, end }: Interval): Interval => ({
  start: start - (LOOK_BACK_DAYS + 1) * DAY,
  end: end + 2 * DAY,
});

const MAX_EXTRA_DAYS = 31;

const serves = (rule: WeeklyRule, serviceId: string | undefined) =>
  serviceId === undefined || !rule.serviceIds?.length || rule.serviceIds.includes(serviceId);

type ZoneOf = (locationId: string) => string;

/**
 * Weekly rules as windows, sorted: those that reach into `range`, and what lies around it that exceptions may still join to them. One call serves
 * every doctor with the same rules. A window that opens in the range opens there whatever range is asked for.
 * @param zoneOf IANA zone of a location
 */
export function expandRules(
  rules: readonly WeeklyRule[],
  range: Interval,
  zoneOf: ZoneOf,
  serviceId?: string,
): Window[] {
  const windows: Window[] = [];
  for (const rule of rules) {
    if (!serves(rule, serviceId)) continue;
    const zone = zoneOf(rule.locationId);
    const opens = secondsOfTime(rule.start);
    const closes = secondsOfTime(rule.end);
    const firstDay = localDay(range.start, zone) - LOOK_BACK_DAYS;
    const first = Math.max(firstDay, rule.validFrom ? dayNumber(rule.validFrom) : -Infinity);
    const last = Math.min(localDay(range.end, zone) + 1, rule.validUntil ? dayNumber(rule.validUntil) : Infinity);
    const ahead = (((rule.weekday - weekdayOfDay(first)) % 7) + 7) % 7;
    for (let day = first + ahead; day <= last; day += 7) {
      const start = instantOf(zone, day, opens, "opens");
      const end = instantOf(zone, day, closes, "closes");
      if (start < end) windows.push({ start, end, locationId: rule.locationId });
    }
  }
  return join(windows, zoneOf);
}

const byPlace = (a: Window, b: Window) =>
  a.locationId < b.locationId ? -1 : a.locationId > b.locationId ? 1 : byStart(a, b);

/**
 * Windows of one location that overlap or touch become one: extra hours after the last rule, a night on both sides of midnight. The result
 * is sorted by start, then location.
 */
function join(windows: readonly Window[], zoneOf: ZoneOf): Window[] {
  const joined: Window[] = [];
  for (const next of [...windows].sort(byPlace)) {
    const last = joined.at(-1);
    if (last?.locationId === next.locationId && next.start <= last.end) {
      joined[joined.length - 1] = { ...last, end: Math.max(last.end, next.end) };
    } else joined.push(next);
  }
  const counted = joined.flatMap((window) => countAnew(window, zoneOf(window.locationId)));
  return counted.sort((a, b) => byStart(a, b) || byPlace(a, b));
}

/** Cuts what has been open for a week where the next week begins, and so on: where it does hangs on no range that somebody asks for. */
function countAnew(window: Window, zone: string): Window[] {
  if (window.end - window.start <= LONGEST_COUNT_SECONDS) return [window];
  const pieces: Window[] = [];
  const bound = localDay(window.start + LONGEST_COUNT_SECONDS - 1, zone) + 1;
  let { start } = window;
  for (let monday = bound + ((8 - weekdayOfDay(bound)) % 7); ; monday += 7) {
    const end = Math.min(instantOf(zone, monday, 0, "opens"), window.end);
    pieces.push({ ...window, start, end });
    if (end === window.end) return pieces;
    start = end;
  }
}

/** Rules and extra hours before leave is taken off: what a day would be without it. */
export function openHours(
  windows: readonly Window[],
  exceptions: readonly ScheduleException[],
  zoneOf: ZoneOf,
): readonly Window[] {
  const extra = exceptions.flatMap(({ kind, locationId, start, end }) =>
    kind === "extra" && locationId !== null && start < end ? [{ start, end, locationId }] : [],
  );
  return extra.length === 0 ? windows : join([...windows, ...extra], zoneOf);
}

/** Rules plus extra hours minus leave. Leave cuts a window in two, and the later part opens where the leave ends. */
export function applyExceptions(
  windows: readonly Window[],
  exceptions: readonly ScheduleException[],
  zoneOf: ZoneOf,
): readonly Window[] {
  const open = openHours(windows, exceptions, zoneOf);
  const leave = exceptions.filter(({ kind }) => kind === "leave");
  if (leave.length === 0) return open;
  return open.flatMap((window) => {
    const cuts = leave.filter(({ locationId }) => locationId === null || locationId === window.locationId);
    return subtract([window], cuts).map((piece) => ({ ...piece, locationId: window.locationId }));
  });
}

/** What is wrong with a doctor's weekly rules, with paths such as `rules.2.end`; empty where nothing is. */
export function validateRules(rules: readonly WeeklyRule[], path = "rules"): FieldError[] {
  const errors = rules.flatMap((rule, index) => ruleErrors(rule, `${path}.${index}`));
  return errors.length > 0 ? errors : overlapErrors(rules, path);
}

function ruleErrors(rule: WeeklyRule, at: string): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (field: string, message: string) => errors.push({ path: `${at}.${field}`, message });

  const opens = secondsOfTime(rule.start);
  const closes = secondsOfTime(rule.end);
  if (!Number.isInteger(rule.weekday) || rule.weekday < 1 || rule.weekday > 7) wrong("weekday", "must be 1 to 7");
  if (Number.isNaN(opens) || rule.start === "24:00") wrong("start", "must be a time from 00:00 to 23:59");
  if (Number.isNaN(closes)) wrong("end", "must be a time from 00:00 to 24:00");
  if (closes <= opens) wrong("end", "must be after the start; hours past midnight are a rule of the next day");
  if (rule.validFrom && !isDate(rule.validFrom)) wrong("validFrom", "is not a date");
  if (rule.validUntil && !isDate(rule.validUntil)) wrong("validUntil", "is not a date");
  if (rule.validFrom && rule.validUntil && rule.validUntil < rule.validFrom) {
    wrong("validUntil", "must not be before validFrom");
  }
  return errors;
}

const timeOf = (rule: WeeklyRule) => ({ start: secondsOfTime(rule.start), end: secondsOfTime(rule.end) });

const validityOf = (rule: WeeklyRule) => ({
  start: rule.validFrom ? dayNumber(rule.validFrom) : -Infinity,
  end: rule.validUntil ? dayNumber(rule.validUntil) + 1 : Infinity,
});

/** One location may open for different services at the same time; two locations may not. */
const mayCoincide = (a: WeeklyRule, b: WeeklyRule) =>
  a.locationId === b.locationId &&
  Boolean(a.serviceIds?.length && b.serviceIds?.length && !a.serviceIds.some((id) => b.serviceIds?.includes(id)));

const clash = (a: WeeklyRule, b: WeeklyRule) =>
  a.weekday === b.weekday &&
  overlaps(timeOf(a), timeOf(b)) &&
  overlaps(validityOf(a), validityOf(b)) &&
  !mayCoincide(a, b);

function overlapErrors(rules: readonly WeeklyRule[], path: string): FieldError[] {
  return rules.flatMap((rule, index) => {
    const other = rules.slice(0, index).findIndex((earlier) => clash(earlier, rule));
    return other < 0 ? [] : [{ path: `${path}.${index}.start`, message: `overlaps ${path}.${other}` }];
  });
}

/** What is wrong with one stretch of leave or extra hours. */
export function validateException(exception: ScheduleException): FieldError[] {
  if (isEmpty(exception)) return [{ path: "to", message: "must be after from" }];
  if (exception.kind === "leave") return [];
  const errors: FieldError[] = [];
  if (exception.locationId === null) errors.push({ path: "locationId", message: "extra hours need a location" });
  // A day more than that is never reached by whole days, even where one has 25 hours.
  if (exception.end - exception.start >= (MAX_EXTRA_DAYS + 1) * DAY) {
    errors.push({ path: "to", message: `extra hours may last ${MAX_EXTRA_DAYS} days at most` });
  }
  return errors;
}
