import type { Db, On } from "@/db/client";
import type { WeeklyRule } from "@/lib/domain/schedule";

export type Place = { id: string; name: string; timeZone: string; phone: string | null; isActive: boolean };
export type ExceptionFact = { kind: "leave" | "extra"; locationId: string | null; start: number; end: number };

/** What a booking hangs on that seldom changes: the service, the doctor, the places, the hours. Instants are epoch seconds. */
export type ReferenceFacts = {
  serviceName: string;
  isServiceActive: boolean;
  modality: "in_person" | "video" | "phone";
  durationMinutes: number;
  slotStepMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  minNoticeMinutes: number;
  horizonDays: number;
  selfBookable: boolean;
  requiresRoom: boolean;
  doctorName: string;
  isDoctorActive: boolean;
  offers: boolean;
  rules: WeeklyRule[] | null;
  exceptions: ExceptionFact[] | null;
  places: Place[] | null;
};

type Kept = { stamp: string; facts: ReferenceFacts };
const kept = new WeakMap<Db, Map<string, Kept>>();
const LIMIT = 5_000;

/**
 * The reference facts of one service with one doctor, as they were when both rows had `stamp` (their versions in the table). Every change of rules, leave, places
 * and services touches the doctor's row (`touch_doctor`), so what is kept is never older than what the transaction sees.
 */
export async function referenceFacts(
  on: On,
  db: Db,
  { serviceId, doctorId, stamp }: { serviceId: string; doctorId: string; stamp: string },
): Promise<ReferenceFacts> {
  const known = kept.get(db) ?? new Map<string, Kept>();
  kept.set(db, known);
  const key = `${serviceId} ${doctorId}`;
  const found = known.get(key);
  if (found?.stamp === stamp) return found.facts;
  const read = await readReference(on, serviceId, doctorId);
  if (known.size >= LIMIT) known.clear();
  known.set(key, { stamp: read.stamp, facts: read });
  return read;
}

async function readReference(on: On, serviceId: string, doctorId: string) {
  const [row] = await on.pg<(ReferenceFacts & { stamp: string })[]>`
    select concat_ws(' ', s.xmin, s.ctid, d.xmin, d.ctid) as stamp, s.name as "serviceName", s.active as "isServiceActive", s.modality, s.duration_minutes as "durationMinutes",
      s.slot_step_minutes as "slotStepMinutes", s.buffer_before_minutes as "bufferBeforeMinutes", s.buffer_after_minutes as "bufferAfterMinutes",
      s.min_notice_minutes as "minNoticeMinutes", s.horizon_days as "horizonDays", s.self_bookable as "selfBookable", s.requires_room as "requiresRoom",
      d.name as "doctorName", d.active as "isDoctorActive",
      exists (select from doctor_services o where o.doctor_id = d.id and o.service_id = s.id) as offers,
      (select json_agg(json_build_object('locationId', r.location_id, 'weekday', r.weekday, 'start', left(r.start_time::text, 5),
        'end', left(r.end_time::text, 5), 'validFrom', r.valid_from, 'validUntil', r.valid_until, 'serviceIds', r.service_ids))
        from schedule_rules r where r.doctor_id = d.id) as rules,
      (select json_agg(json_build_object('kind', e.kind, 'locationId', e.location_id,
        'start', extract(epoch from lower(e.during)), 'end', extract(epoch from upper(e.during))))
        from schedule_exceptions e where e.doctor_id = d.id) as exceptions,
      (select json_agg(json_build_object('id', l.id, 'name', l.name, 'timeZone', l.time_zone, 'phone', l.phone, 'isActive', l.active))
        from locations l where l.id in (
          select location_id from doctor_locations where doctor_id = d.id union all select location_id from schedule_rules where doctor_id = d.id
          union all select location_id from schedule_exceptions where doctor_id = d.id)) as places
    from services s cross join doctors d where s.id = ${serviceId} and d.id = ${doctorId}`;
  if (!row) throw new Error("a service or doctor just read cannot be read again");
  return row;
}

/** A place that staff name although the doctor has no hours there. */
export async function readPlace(on: On, id: string): Promise<Place | null> {
  const [row] = await on.pg<Place[]>`
    select id, name, time_zone as "timeZone", phone, active as "isActive" from locations where id = ${id}`;
  return row ?? null;
}
