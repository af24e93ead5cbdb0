import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type AnalyticsRefusal, readFigures, wideSpan } from "./reading";
import type { SpanInput } from "./schemas";
import { type LeadBucket, type LeadTimeNoShows, rateOf } from "./views";

export const LEAD_BUCKETS: readonly LeadBucket[] = [
  { from: 0, to: 0 },
  { from: 1, to: 1 },
  { from: 2, to: 3 },
  { from: 4, to: 7 },
  { from: 8, to: 14 },
  { from: 15, to: 30 },
  { from: 31, to: null },
];

/** No-shows among ended visits, by how many days ahead they were asked for. Every bucket is there, empty or not. Admins only. */
export function noShowByLeadTime(ctx: Context, input: SpanInput): Promise<Result<LeadTimeNoShows[], AnalyticsRefusal>> {
  const { from, to, locationId = null, doctorId = null } = input;
  const { since, until } = wideSpan(input);
  const bounds = LEAD_BUCKETS.map((bucket) => bucket.from);
  return readFigures(ctx, async ({ pg }) => {
    const rows = await pg<{ bucket: number; visits: number; noShows: number }[]>`
      select width_bucket(lead_days, ${bounds}::int[]) as bucket, count(*)::int as visits,
        count(*) filter (where v.status = 'no_show')::int as "noShows"
      from visit_lead_times v join locations l on l.id = v.location_id
      where v.starts_at >= ${since} and v.starts_at < ${until}
        and (v.starts_at at time zone l.time_zone)::date between ${from} and ${to}
        and (${locationId}::uuid is null or v.location_id = ${locationId}) and (${doctorId}::uuid is null or v.doctor_id = ${doctorId})
      group by 1`;
    const known = new Map(rows.map((row) => [row.bucket, row]));
    return LEAD_BUCKETS.map((bucket, index) => {
      const { visits, noShows } = known.get(index + 1) ?? { visits: 0, noShows: 0 };
      return { ...bucket, visits, noShows, rate: rateOf(visits, noShows) };
    });
  });
}
