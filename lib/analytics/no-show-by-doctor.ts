import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type AnalyticsRefusal, readFigures } from "./reading";
import type { SpanInput } from "./schemas";
import { type DoctorNoShows, rateOf } from "./views";

const MOST = 50;

/** No-shows among ended visits by doctor, the fifty with most visits first. Admins only. */
export function noShowByDoctor(ctx: Context, input: SpanInput): Promise<Result<DoctorNoShows[], AnalyticsRefusal>> {
  const { from, to, locationId = null, doctorId = null } = input;
  return readFigures(ctx, async ({ pg }) => {
    const rows = await pg<{ id: string; name: string; visits: number; noShows: number }[]>`
      select d.id, d.name, sum(v.fulfilled + v.no_shows)::int as visits, sum(v.no_shows)::int as "noShows"
      from daily_visits v join doctors d on d.id = v.doctor_id
      where v.day between ${from} and ${to}
        and (${locationId}::uuid is null or v.location_id = ${locationId}) and (${doctorId}::uuid is null or v.doctor_id = ${doctorId})
      group by d.id, d.name having sum(v.fulfilled + v.no_shows) > 0
      order by visits desc, d.name, d.id limit ${MOST}`;
    return rows.map(({ id, name, visits, noShows }) => ({
      doctor: { id, name },
      visits,
      noShows,
      rate: rateOf(visits, noShows),
    }));
  });
}
