import { DAY } from "./interval";

/** A calendar date without a place, "YYYY-MM-DD". */
export type LocalDate = string;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01 of a calendar date; NaN for one that does not exist (2016-02-30). */
export function dayNumber(date: LocalDate): number {
  const [, year, month, day] = DATE.exec(date) ?? [];
  if (!year || !month || !day) return Number.NaN;
  const instant = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1_000;
  const number = instant / DAY;
  return dateOf(number) === date ? number : Number.NaN;
}

/** The calendar date that is `day` days after 1970-01-01. */
export const dateOf = (day: number): LocalDate => new Date(day * DAY * 1_000).toISOString().slice(0, 10);

export const isDate = (text: string): text is LocalDate => !Number.isNaN(dayNumber(text));

export const addDays = (date: LocalDate, days: number): LocalDate => dateOf(dayNumber(date) + days);

/** Both ends included; empty where `until` lies before `from`. */
export function datesBetween(from: LocalDate, until: LocalDate): LocalDate[] {
  const first = dayNumber(from);
  const count = Math.max(0, dayNumber(until) - first + 1);
  return Array.from({ length: count }, (_, index) => dateOf(first + index));
}

/** ISO weekday of a day number: Monday 1 to Sunday 7. */
export const weekdayOfDay = (day: number) => ((((day + 3) % 7) + 7) % 7) + 1;

/** ISO weekday: Monday 1 to Sunday 7. */
export const weekday = (date: LocalDate) => weekdayOfDay(dayNumber(date));

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Seconds since midnight of "HH:MM"; "24:00" is the end of the day; NaN for anything else. */
export function secondsOfTime(time: string): number {
  if (time === "24:00") return DAY;
  const [, hours, minutes] = TIME.exec(time) ?? [];
  return hours && minutes ? Number(hours) * 3_600 + Number(minutes) * 60 : Number.NaN;
}
