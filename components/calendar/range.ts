import { addDays, isDate, type LocalDate, weekday } from "@/lib/domain/calendar";
import { dayBounds, localDate } from "@/lib/domain/zone";
import { localDateRange } from "@/lib/format/clock";
import { formatLocalDate } from "@/lib/format/dates";

export const CALENDAR_VIEWS = ["day", "week", "agenda"] as const;
export type CalendarView = (typeof CALENDAR_VIEWS)[number];

const DAYS: Record<CalendarView, number> = { day: 1, week: 7, agenda: 14 };

/** Dates of a view, `to` not included: the day, its week from Monday, or two weeks from the day. */
export function datesOf(view: CalendarView, date: LocalDate): { from: LocalDate; to: LocalDate } {
  const from = view === "week" ? addDays(date, 1 - weekday(date)) : date;
  return { from, to: addDays(from, DAYS[view]) };
}

/** The dates of a view as instants at a place. */
export function instantsOf(view: CalendarView, date: LocalDate, timeZone: string): { from: Date; to: Date } {
  const { from, to } = datesOf(view, date);
  const start = (day: LocalDate) => new Date(dayBounds(day, timeZone).start * 1_000);
  return { from: start(from), to: start(to) };
}

/** The date one view earlier (-1) or later (1). */
export const stepDate = (view: CalendarView, date: LocalDate, by: 1 | -1): LocalDate => addDays(date, by * DAYS[view]);

export const dateAt = (instant: string | Date, timeZone: string): LocalDate =>
  localDate(Math.floor(new Date(instant).getTime() / 1_000), timeZone);

/** What the address says, as far as it makes sense. */
export const viewOf = (text: string | null | undefined): CalendarView =>
  CALENDAR_VIEWS.find((view) => view === text) ?? "week";
export const dateOrToday = (text: string | null | undefined, today: LocalDate): LocalDate =>
  text && isDate(text) ? text : today;

/** The heading of a view: one date, or the first and the last as the language joins them. */
export function titleOf(view: CalendarView, date: LocalDate, locale: string): string {
  if (view === "day") return formatLocalDate(date, locale, "day");
  const { from, to } = datesOf(view, date);
  return localDateRange(from, addDays(to, -1), locale);
}
