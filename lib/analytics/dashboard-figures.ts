import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type AnalyticsRefusal, readFigures } from "./reading";
import type { DashboardInput } from "./schemas";
import { type DashboardFigures, rateOf } from "./views";

type Row = {
  today: number;
  waiting: number;
  in_progress: number;
  fulfilled: number;
  no_shows: number;
  next7: number;
  next30: number;
  unconfirmed: number;
  ended30: number;
  missed30: number;
  patients: number;
  doctors: number;
  first_date: string | null;
  last_date: string | null;
};

/** The admin's first look: today, what is coming, and how the last month went. "Today" is the day it is at each location. Admins only. */
export function dashboardFigures(
  ctx: Context,
  { locationId = null }: { [K in keyof DashboardInput]: DashboardInput[K] | null } = {},
): Promise<Result<DashboardFigures, AnalyticsRefusal>> {
  return readFigures(ctx, async ({ pg }) => {
    const [row] = await pg<Row[]>`
      with place as (
        select id, time_zone, (${ctx.now}::timestamptz at time zone time_zone)::date as today from locations
        where ${locationId}::uuid is null or id = ${locationId}),
      near as (
        select a.status, a.confirmed_at, (a.starts_at at time zone p.time_zone)::date - p.today as ahead, a.starts_at > ${ctx.now} as is_ahead
        from appointments a join place p on p.id = a.location_id
        where a.status not in ('held', 'cancelled')
          and a.starts_at >= ${ctx.now}::timestamptz - interval '32 days' and a.starts_at < ${ctx.now}::timestamptz + interval '32 days'),
      -- The first and the last of each place, from the ends of an index.
      edge as (select min(a.first at time zone p.time_zone)::date as first_date, max(a.last at time zone p.time_zone)::date as last_date
        from place p cross join lateral (select
          (select starts_at from appointments where location_id = p.id and status not in ('held', 'cancelled') order by starts_at limit 1) as first,
          (select starts_at from appointments where location_id = p.id and status not in ('held', 'cancelled') order by starts_at desc limit 1) as last) a)
      select count(*) filter (where ahead = 0)::int as today,
        count(*) filter (where ahead = 0 and status in ('arrived', 'checked_in'))::int as waiting,
        count(*) filter (where ahead = 0 and status = 'in_progress')::int as in_progress,
        count(*) filter (where ahead = 0 and status = 'fulfilled')::int as fulfilled,
        count(*) filter (where ahead = 0 and status = 'no_show')::int as no_shows,
        count(*) filter (where is_ahead and ahead <= 7)::int as next7,
        count(*) filter (where is_ahead and ahead <= 30)::int as next30,
        count(*) filter (where ahead = 1 and status = 'booked' and confirmed_at is null)::int as unconfirmed,
        count(*) filter (where ahead between -30 and 0 and status in ('fulfilled', 'no_show'))::int as ended30,
        count(*) filter (where ahead between -30 and 0 and status = 'no_show')::int as missed30,
        (select count(*)::int from patients) as patients,
        (select count(distinct d.id)::int from doctors d join doctor_locations o on o.doctor_id = d.id join place p on p.id = o.location_id
          where d.active) as doctors,
        (select first_date from edge) as first_date, (select last_date from edge) as last_date
      from near`;
    if (!row) throw new Error("figures returned no row");
    return toFigures(row);
  });
}

const toFigures = (row: Row): DashboardFigures => ({
  today: {
    visits: row.today,
    waiting: row.waiting,
    inProgress: row.in_progress,
    fulfilled: row.fulfilled,
    noShows: row.no_shows,
  },
  upcoming: { next7Days: row.next7, next30Days: row.next30, unconfirmedTomorrow: row.unconfirmed },
  last30Days: { visits: row.ended30, noShows: row.missed30, rate: rateOf(row.ended30, row.missed30) },
  patients: row.patients,
  doctors: row.doctors,
  firstDate: row.first_date,
  lastDate: row.last_date,
});
