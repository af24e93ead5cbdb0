import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type AnalyticsRefusal, readFigures } from "./reading";
import type { SpanInput } from "./schemas";
import { rateOf, type WeekdayNoShows } from "./views";

/** No-shows among ended visits by ISO weekday at their location, Monday (1) first; all seven are there. Admins only. */
export function noShowByWeekday(ctx: Context, input: SpanInput): Promise<Result<WeekdayNoShows[], AnalyticsRefusal>> {
  const { from, to, locationId = null, doctorId = null } = input;
  return readFigures(ctx, async ({ pg }) => {
    const rows = await pg<{ weekday: number; visits: number; noShows: number }[]>`
      select extract(isodow from day)::int as weekday, sum(fulfilled + no_shows)::int as visits, sum(no_shows)::int as "noShows"
      from daily_visits
      where day between ${from} and ${to}
        and (${locationId}::uuid is null or location_id = ${locationId}) and (${doctorId}::uuid is null or doctor_id = ${doctorId})
      group by 1`;
    return [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
      const { visits, noShows } = rows.find((row) => row.weekday === weekday) ?? { visits: 0, noShows: 0 };
      return { weekday, visits, noShows, rate: rateOf(visits, noShows) };
    });
  });
}
