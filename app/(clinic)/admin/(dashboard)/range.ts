import type { DashboardFigures } from "@/lib/analytics/views";
import { addDays, dayNumber } from "@/lib/domain/calendar";
import { dateIn, one } from "../../search-params";

export const RANGES = ["30", "90", "365", "ahead", "all", "own"] as const;
export type Range = { name: (typeof RANGES)[number]; from: string; to: string; days: number };

const AHEAD_DAYS = 30;

/**
 * Which dates the dashboard shows: named, or between two of one's own. Where nothing is asked, the last 30 days; all time where those
 * are empty, as after an import of old visits.
 */
export function rangeOf(
  search: Record<string, string | string[] | undefined>,
  figures: Pick<DashboardFigures, "firstDate" | "lastDate">,
  today: string,
): Range {
  const [from, to] = [dateIn(search.from), dateIn(search.to)];
  const asked = RANGES.find((known) => known === one(search.range));
  const first = figures.firstDate ?? today;
  const last = figures.lastDate ?? today;
  const isStale = last < addDays(today, -30);
  const name = asked ?? (isStale ? "all" : "30");
  const between = (start: string, end: string): Range => {
    const [low, high] = start <= end ? [start, end] : [end, start];
    return { name, from: low, to: high, days: dayNumber(high) - dayNumber(low) + 1 };
  };
  if (name === "own") return between(from ?? addDays(today, -29), to ?? today);
  if (name === "all") return between(first, last);
  if (name === "ahead") return between(today, addDays(today, AHEAD_DAYS - 1));
  return between(addDays(today, 1 - Number(name)), today);
}
