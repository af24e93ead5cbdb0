import type postgres from "postgres";
import { WORDS_PER_DAY } from "@/lib/domain/busy-bits";
import { dateOf } from "@/lib/domain/calendar";
import { type Interval, MINUTE } from "@/lib/domain/interval";
import { exceptionRange, type ScheduleException, type WeeklyRule } from "@/lib/domain/schedule";
import type { RoomsBusy, VisitShape } from "@/lib/domain/slots";

// What search reads. None of it is patient data: other people's visits come as cells or bare ranges. So it needs no `withActor`,
// and runs straight on the pool.

type Pg = postgres.Sql | postgres.TransactionSql;
type Span = [start: number, end: number];

export type ServiceFacts = {
  active: boolean;
  duration_minutes: number;
  slot_step_minutes: number;
  buffer_before_minutes: number;
  buffer_after_minutes: number;
  min_notice_minutes: number;
  horizon_days: number;
  requires_room: boolean;
};

/** One doctor: `rules` and `bits` packed into bytes, null where there are none. */
export type DoctorFacts = {
  id: string;
  rules: Buffer | null;
  bits: Buffer | null;
  exceptions: ScheduleException[];
  /** The cells still show a hold that has run out. */
  isStale: boolean;
};

export type Availability = {
  service: ServiceFacts;
  /** IANA zone of each active location. */
  zones: Map<string, string>;
  /** Active doctors who offer the service, in order of id. */
  doctors: DoctorFacts[];
};

export const shapeOf = (service: ServiceFacts): VisitShape => ({
  visit: service.duration_minutes * MINUTE,
  step: service.slot_step_minutes * MINUTE,
  before: service.buffer_before_minutes * MINUTE,
  after: service.buffer_after_minutes * MINUTE,
});

const iso = (seconds: number) => new Date(seconds * 1_000).toISOString();

const spanOf = ({ start, end }: Interval) => `[${iso(start)},${iso(end)})`;

export const exceptionSpan = (range: Interval) => spanOf(exceptionRange(range));

type ExceptionRow = [kind: "leave" | "extra", locationId: string | null, start: number, end: number];
type Row = ServiceFacts & {
  id: string | null;
  rules: Buffer | null;
  bits: Buffer | null;
  places: string | null;
  exceptions: string | null;
  stale: boolean;
};

/**
 * All that search asks the database, as one statement: a row per doctor, with rules and busy cells packed into bytes, as a row per rule and
 * day would take the driver longer to read than the search itself. Null where there is no such service.
 */
export async function readAvailability(
  pg: Pg,
  serviceId: string,
  range: Interval,
  now: Date,
  doctorIds?: readonly string[],
): Promise<Availability | null> {
  const rows = await pg<Row[]>`
    select s.active, s.duration_minutes, s.slot_step_minutes, s.buffer_before_minutes, s.buffer_after_minutes, s.min_notice_minutes, s.horizon_days,
      s.requires_room, (select json_agg(json_build_array(l.id, l.time_zone)) from locations l where l.active)::text as places, d.id,
      (select string_agg(uuid_send(r.location_id) || int2send(r.weekday) || time_send(r.start_time) || time_send(r.end_time)
          || int4send(coalesce(r.valid_from - date '1970-01-01', -2147483647)) || int4send(coalesce(r.valid_until - date '1970-01-01', 2147483647)), ''::bytea)
        from schedule_rules r where r.doctor_id = d.id
        and (r.service_ids is null or r.service_ids = '{}' or s.id = any (r.service_ids))) as rules,
      (select string_agg(int4send(b.day - date '1970-01-01') || bit_send(b.bits), ''::bytea) from doctor_busy_days b where b.doctor_id = d.id
        and b.day between (${iso(range.start)}::timestamptz - make_interval(mins => s.buffer_before_minutes))::date
        and (${iso(range.end)}::timestamptz + make_interval(mins => s.duration_minutes + s.buffer_after_minutes))::date) as bits,
      (select json_agg(json_build_array(e.kind, e.location_id, extract(epoch from lower(e.during)), extract(epoch from upper(e.during))))
        from schedule_exceptions e where e.doctor_id = d.id and e.during && ${exceptionSpan(range)}::tstzrange)::text as exceptions,
      d.id in (select doctors_with_expired_holds(${now})) as stale
    from services s
    left join (doctor_services o join doctors d on d.id = o.doctor_id and d.active
      ${doctorIds ? pg`and d.id = any (${doctorIds as string[]}::uuid[])` : pg``}) on o.service_id = s.id
    where s.id = ${serviceId} order by d.id`;
  const [service] = rows;
  if (!service) return null;
  const zones = new Map<string, string>(JSON.parse(service.places ?? "[]"));
  const doctors = rows.flatMap(({ id, rules, bits, exceptions, stale }) =>
    id === null ? [] : [{ id, rules, bits, exceptions: unpackExceptions(exceptions, zones), isStale: stale }],
  );
  return { service, zones, doctors };
}

/** Exceptions that count: those at a place that is open, and leave from everywhere. */
export function unpackExceptions(json: string | null, zones: ReadonlyMap<string, string>): ScheduleException[] {
  if (json === null) return [];
  return (JSON.parse(json) as ExceptionRow[]).flatMap(([kind, locationId, start, end]) =>
    locationId === null || zones.has(locationId) ? [{ kind, locationId, start, end }] : [],
  );
}

const RULE_BYTES = 42;
const DAY_BYTES = 44;
const FOREVER = 2_147_483_647;

const clock = (micros: bigint) => {
  const minutes = Number(micros / 60_000_000n);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
};

function uuidAt(bytes: Buffer, at: number) {
  const hex = bytes.toString("hex", at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The weekly rules of one doctor. Those for other services were left out by the query. */
export function unpackRules(bytes: Buffer): WeeklyRule[] {
  return Array.from({ length: bytes.length / RULE_BYTES }, (_, index) => {
    const at = index * RULE_BYTES;
    const from = bytes.readInt32BE(at + 34);
    const until = bytes.readInt32BE(at + 38);
    return {
      locationId: uuidAt(bytes, at),
      weekday: bytes.readInt16BE(at + 16),
      start: clock(bytes.readBigInt64BE(at + 18)),
      end: clock(bytes.readBigInt64BE(at + 26)),
      validFrom: from === -FOREVER ? null : dateOf(from),
      validUntil: until === FOREVER ? null : dateOf(until),
    };
  });
}

/** Writes the busy cells of one doctor into a row that begins with `firstDay`. */
export function unpackBits(bytes: Buffer, row: Uint32Array, firstDay: number) {
  for (let at = 0; at < bytes.length; at += DAY_BYTES) {
    const day = bytes.readInt32BE(at) - firstDay;
    const from = day * WORDS_PER_DAY;
    if (from < 0 || from >= row.length) continue;
    for (let word = 0; word < WORDS_PER_DAY; word++) row[from + word] = bytes.readUInt32BE(at + 8 + word * 4);
  }
}

/** How far outside the range a busy range can still be in the way. */
const around = (range: Interval, { visit, before, after }: VisitShape) =>
  spanOf({ start: range.start - before, end: range.end + visit + after });

/** Busy ranges of doctors, buffers included. */
export async function readBusy(pg: Pg, doctorIds: readonly string[], range: Interval, shape: VisitShape, now: Date) {
  const rows = await pg<{ doctor_id: string; busy: Span[] }[]>`
    select b.doctor_id, json_agg(json_build_array(extract(epoch from b.starts), extract(epoch from b.ends))) as busy
    from doctor_busy(${doctorIds as string[]}::uuid[], ${around(range, shape)}::tstzrange, ${now}) b group by b.doctor_id`;
  return new Map(rows.map(({ doctor_id, busy }) => [doctor_id, busy.map(([start, end]) => ({ start, end }))]));
}

/** Busy ranges of every active room that serves the service, location by location. */
export async function readRooms(
  pg: Pg,
  serviceId: string,
  range: Interval,
  shape: VisitShape,
  now: Date,
): Promise<RoomsBusy> {
  const rows = await pg<{ location_id: string; busy: Span[] | null }[]>`
    with usable as (
      select r.id, r.location_id from rooms r where r.active
      and (not exists (select from room_services x where x.room_id = r.id)
        or exists (select from room_services x where x.room_id = r.id and x.service_id = ${serviceId})))
    select u.location_id, t.busy from usable u left join (
      select b.room_id, json_agg(json_build_array(extract(epoch from b.starts), extract(epoch from b.ends))) as busy
      from room_busy(array(select id from usable), ${around(range, shape)}::tstzrange, ${now}) b group by b.room_id) t on t.room_id = u.id`;
  const rooms = new Map<string, Interval[][]>();
  for (const { location_id, busy } of rows) {
    const here = rooms.get(location_id) ?? [];
    here.push((busy ?? []).map(([start, end]) => ({ start, end })));
    rooms.set(location_id, here);
  }
  return rooms;
}

export const secondsOf = (now: Date) => Math.floor(now.getTime() / 1_000);
