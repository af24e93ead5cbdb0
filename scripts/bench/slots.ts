import { countSlots } from "@/lib/availability/count-slots";
import { findFreeSlots } from "@/lib/availability/find-free-slots";
import { searchSlots } from "@/lib/availability/search-slots";
import { DAY } from "@/lib/domain/interval";
import type { Context } from "@/lib/platform/context";
import { type BenchEnv, type BenchRow, compare, rate } from "./bench";

const DAYS = 30;
const CASES = [
  { doctors: 500, rounds: 15, most: 0.25 },
  { doctors: 50, rounds: 40, most: 0.25 },
  { doctors: 1, rounds: 400, most: 1 },
];

const at = (seconds: number) => new Date(seconds * 1_000).toISOString();

/** Free slots by one statement; grid and bounds are those of the data set (windows open on quarter hours, no buffers, no rooms). */
const oracle = ({ owner, data }: BenchEnv, doctorIds: string[], start: number, end: number) => owner<OracleRow[]>`
  with hours as (
    select r.doctor_id, range_agg(tstzrange((day + r.start_time) at time zone l.time_zone, (day + r.end_time) at time zone l.time_zone)) as open
    from schedule_rules r join locations l on l.id = r.location_id join doctor_services o on o.doctor_id = r.doctor_id and o.service_id = ${data.serviceId}
    join generate_series(${at(start - DAY)}::timestamptz::date::timestamp, ${at(end + DAY)}::timestamptz::date::timestamp, interval '1 day') day
      on extract(isodow from day) = r.weekday
    where r.doctor_id = any (${doctorIds}::uuid[]) group by r.doctor_id),
  taken as (
    select a.doctor_id, range_agg(a.busy) as busy from appointments a
    where a.doctor_id = any (${doctorIds}::uuid[]) and a.status <> 'cancelled'
      and a.starts_at > ${at(start - DAY)}::timestamptz and a.starts_at < ${at(end + DAY)}::timestamptz
    group by a.doctor_id),
  gap as (
    select h.doctor_id, unnest(h.open - coalesce(t.busy, '{}')) as free from hours h left join taken t using (doctor_id))
  select gap.doctor_id as "doctorId", extract(epoch from slot)::bigint::int8::float8 as start
  from gap, generate_series(date_bin('15 minutes', lower(free) + interval '899 seconds', 'epoch'), upper(free) - interval '30 minutes', interval '15 minutes') slot
  where slot >= ${at(start)}::timestamptz and slot < ${at(end)}::timestamptz
  order by slot, gap.doctor_id`;
type OracleRow = { doctorId: string; start: number };

/** Slot search through the verb's own path, database included, against one SQL statement that must find the same set. */
export async function run(env: BenchEnv): Promise<BenchRow[]> {
  const { db, data } = env;
  const now = new Date();
  const ctx: Context = { db, actor: { kind: "anonymous" }, now, requestId: "bench" };
  const start = (Math.floor(now.getTime() / 1_000 / DAY) + 1) * DAY;
  const asked = { start, end: start + DAYS * DAY };

  const rows: BenchRow[] = [];
  for (const { doctors, rounds, most } of CASES) {
    const doctorIds = data.doctorIds.slice(0, doctors);
    const search = () => findFreeSlots(ctx, { serviceId: data.serviceId, doctorIds, asked });
    const sql = () => oracle(env, doctorIds, asked.start, asked.end);
    const count = await sameSet(await search(), await sql());
    const times = await compare({ search, sql }, rounds, 5);
    rows.push({
      area: "slots",
      name: `${doctors} doctors x ${DAYS} days, ${count} slots`,
      value: times.search,
      unit: "ms",
      bare: { name: "one SQL statement", value: times.sql },
      ratio: times.search / times.sql,
      target: { at: "most", ratio: most },
    });
  }
  return [...rows, ...(await rates(ctx, data, start))];
}

async function sameSet(found: Awaited<ReturnType<typeof findFreeSlots>>, expected: readonly OracleRow[]) {
  if (!found) throw new Error("the bench service is gone");
  const { columns } = found;
  const isSame = (row: OracleRow, index: number) =>
    columns.start[index] === row.start && columns.doctorIds[columns.doctor[index] as number] === row.doctorId;
  if (columns.count !== expected.length || !expected.every(isSame)) {
    throw new Error(`search found ${columns.count} slots, SQL ${expected.length}, or others`);
  }
  return columns.count;
}

/** Searches a second at 8 connections, as REST asks: dates, the first hundred. */
async function rates(ctx: Context, { serviceId, doctorIds }: BenchEnv["data"], start: number): Promise<BenchRow[]> {
  const dates = { from: at(start).slice(0, 10), to: at(start + (DAYS - 1) * DAY).slice(0, 10) };
  const first = (turn: number) => doctorIds[turn % doctorIds.length] as string;
  const twenty = (turn: number) => Array.from({ length: 20 }, (_, n) => first(turn * 20 + n));
  const asked = { start, end: start + DAYS * DAY };
  const works = {
    "1 doctor x 30 days, first 100": (turn: number) => searchSlots(ctx, { serviceId, ...dates, doctorId: first(turn) }),
    "20 doctors x 30 days, first 100": (turn: number) =>
      findFreeSlots(ctx, { serviceId, doctorIds: twenty(turn), asked, limit: 100 }),
    "1 doctor x 30 days, counts per day": (turn: number) =>
      countSlots(ctx, { serviceId, ...dates, doctorId: first(turn) }),
  };
  const rows: BenchRow[] = [];
  for (const [name, work] of Object.entries(works)) {
    await rate(work, 8, 500);
    rows.push({ area: "slots", name: `searches a second, ${name}`, value: await rate(work, 8, 3_000), unit: "1/s" });
  }
  return rows;
}
