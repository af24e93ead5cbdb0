import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type AnalyticsRefusal, readFigures, wideSpan } from "./reading";
import type { SpanInput } from "./schemas";
import { type FillRate, rateOf } from "./views";

type Row = Omit<FillRate, "rate">;

/**
 * What the waiting list made of times that were given back, by cancelling or moving, on the dates of the span while they were still ahead.
 * An offer belongs to the last time that its own was given back. Admins only.
 */
export function fillRate(ctx: Context, input: SpanInput): Promise<Result<FillRate, AnalyticsRefusal>> {
  const { from, to, locationId = null, doctorId = null } = input;
  const { since, until } = wideSpan(input);
  return readFigures(ctx, async ({ pg }) => {
    const [row] = await pg<Row[]>`
      with given_back as (
        select x.at, coalesce(x.data ->> 'fromDoctorId', x.data ->> 'doctorId', a.doctor_id::text)::uuid as doctor_id, time.starts,
          time.starts + (a.ends_at - a.starts_at) as ends, a.location_id
        from appointment_events x
        -- By its key for each event: the planner would rather read all visits there are than those of a month's events.
        cross join lateral (select * from appointments v where v.id = x.appointment_id offset 0) a
        cross join lateral (select case x.type when 'appointment.rescheduled' then (x.data ->> 'from')::timestamptz else a.starts_at end as starts) time
        where x.type in ('appointment.cancelled', 'appointment.rescheduled') and x.at >= ${since} and x.at < ${until} and time.starts > x.at),
      freed as (
        select g.*, lead(g.at) over (partition by g.doctor_id, g.starts order by g.at) as again_at
        from given_back g join locations l on l.id = g.location_id
        where (g.at at time zone l.time_zone)::date between ${from} and ${to}
          and (${locationId}::uuid is null or g.location_id = ${locationId}) and (${doctorId}::uuid is null or g.doctor_id = ${doctorId}))
      select count(*)::int as freed, count(*) filter (where o.offers > 0)::int as offered, count(o.filled_at)::int as filled,
        percentile_cont(0.5) within group (order by extract(epoch from o.filled_at - f.at) / 60) as "medianMinutes"
      from freed f cross join lateral (
        select count(*) as offers, min(o.answered_at) filter (where o.status = 'accepted') as filled_at from waitlist_offers o
        where o.doctor_id = f.doctor_id and o.starts_at > f.starts - interval '1 day' and o.starts_at < f.ends and o.ends_at > f.starts
          and o.created_at >= f.at and (f.again_at is null or o.created_at < f.again_at)) o`;
    if (!row) throw new Error("figures returned no row");
    return { ...row, rate: rateOf(row.freed, row.filled) };
  });
}
