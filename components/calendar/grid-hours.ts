import type { CalendarFeed } from "@/lib/doctors/calendar-feed";
import { type Interval, subtract } from "@/lib/domain/interval";
import { offsetAt } from "@/lib/domain/zone";

const DAY = 86_400;
const HOUR = 3_600;
const two = (hours: number) => `${String(hours).padStart(2, "0")}:00:00`;
const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1_000);

const spanOf = ({ start, end }: { start: string; end: string }): Interval => ({
  start: seconds(start),
  end: seconds(end),
});

/** What lies between the closed stretches. */
function openSpans({ closed }: Pick<CalendarFeed, "closed">): Interval[] {
  const cuts = closed.map(spanOf);
  const [first, last] = [cuts[0], cuts.at(-1)];
  return first && last ? subtract([{ start: first.start, end: last.end }], cuts) : [];
}

/** The hours of the day that have to be on the screen, from the first opening or visit to the last. */
export function gridHours(
  feed: Pick<CalendarFeed, "closed" | "visits">,
  timeZone: string,
): { from: string; to: string } {
  const spans = [...openSpans(feed), ...feed.visits.map(spanOf)];
  let from = 8 * HOUR;
  let to = 18 * HOUR;
  for (const span of spans) {
    const start = (span.start + offsetAt(span.start, timeZone)) % DAY;
    const end = start + span.end - span.start;
    from = Math.min(from, start);
    to = Math.max(to, Math.min(end, DAY));
  }
  return { from: two(Math.floor(from / HOUR)), to: two(Math.ceil(to / HOUR)) };
}

/** Days of the week (0 Sunday to 6) on which nothing is open and nobody comes; Saturday and Sunday only, as a gap in the week would mislead. */
export function hiddenDaysOf(feed: Pick<CalendarFeed, "closed" | "visits">, timeZone: string): number[] {
  const weekdayAt = (at: number) => new Date((at + offsetAt(at, timeZone)) * 1_000).getUTCDay();
  const used = new Set([...openSpans(feed), ...feed.visits.map(spanOf)].map(({ start }) => weekdayAt(start)));
  return [0, 6].filter((day) => !used.has(day));
}

/** The hour before `at`, where a calendar that shows today begins. */
export function hourBefore(at: string, timeZone: string): string {
  const now = seconds(at);
  const hour = Math.floor(((now + offsetAt(now, timeZone)) % DAY) / HOUR);
  return two(Math.max(0, hour - 1));
}
