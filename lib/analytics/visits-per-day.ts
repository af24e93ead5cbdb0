import { datesBetween } from "@/lib/domain/calendar";
import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type AnalyticsRefusal, readFigures } from "./reading";
import type { SpanInput } from "./schemas";
import type { DayVisits } from "./views";

/** Visits per date at their location, every date of the span with or without visits. Admins only. */
export function visitsPerDay(ctx: Context, input: SpanInput): Promise<Result<DayVisits[], AnalyticsRefusal>> {
  const { from, to, locationId = null, doctorId = null } = input;
  return readFigures(ctx, async ({ pg }) => {
    const rows = await pg<DayVisits[]>`
      select day as date, sum(visits)::int as visits, sum(fulfilled)::int as fulfilled, sum(no_shows)::int as "noShows"
      from daily_visits
      where day between ${from} and ${to}
        and (${locationId}::uuid is null or location_id = ${locationId}) and (${doctorId}::uuid is null or doctor_id = ${doctorId})
      group by day`;
    const known = new Map(rows.map((row) => [row.date, row]));
    return datesBetween(from, to).map((date) => known.get(date) ?? { date, visits: 0, fulfilled: 0, noShows: 0 });
  });
}
