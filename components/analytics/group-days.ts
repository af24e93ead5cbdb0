import type { DayVisits } from "@/lib/analytics/views";
import { addDays, weekday } from "@/lib/domain/calendar";

export type Grain = "day" | "week" | "month";

const MOST_DAYS = 62;
const MOST_WEEKS_IN_DAYS = 400;

/** As fine as the bars of a chart can still be told apart. */
export const grainOf = (days: number): Grain =>
  days <= MOST_DAYS ? "day" : days <= MOST_WEEKS_IN_DAYS ? "week" : "month";

const startOf: Record<Grain, (date: string) => string> = {
  day: (date) => date,
  week: (date) => addDays(date, 1 - weekday(date)),
  month: (date) => `${date.slice(0, 7)}-01`,
};

/** Adds days up to weeks (from Monday) or months; `date` is then the first day of each, even where the span begins later. */
export function groupDays(days: readonly DayVisits[], grain: Grain): DayVisits[] {
  const groups = new Map<string, DayVisits>();
  for (const day of days) {
    const date = startOf[grain](day.date);
    const group = groups.get(date) ?? { date, visits: 0, fulfilled: 0, noShows: 0 };
    groups.set(date, {
      date,
      visits: group.visits + day.visits,
      fulfilled: group.fulfilled + day.fulfilled,
      noShows: group.noShows + day.noShows,
    });
  }
  return [...groups.values()];
}
