import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";

type Span = [start: number, end: number];

/** One hold of the caller's or the patient's own that lies in the way of the wanted time. */
export type OwnHold = {
  id: string;
  doctorId: string;
  locationId: string;
  serviceId: string;
  roomId: string | null;
  patientId: string | null;
  visit: Span;
  busy: Span;
  isLive: boolean;
  version: number;
};

export type Place = { id: string; name: string; timeZone: string; phone: string | null; isActive: boolean };
export type RoomFact = { id: string; name: string; locationId: string; busy: Span[] | null };
/** A weekly rule as a row: less to write and to read than an object. */
export type RuleFact = [
  locationId: string,
  weekday: number,
  start: string,
  end: string,
  validFrom: string | null,
  validUntil: string | null,
  serviceIds: string[] | null,
];
export type ExceptionFact = { kind: "leave" | "extra"; locationId: string | null; start: number; end: number };

/** Everything that one booking is decided on, read in one round trip. Instants are epoch seconds; null lists are empty ones. */
export type BookingFacts = {
  service_name: string | null;
  service_active: boolean | null;
  modality: "in_person" | "video" | "phone";
  duration_minutes: number;
  slot_step_minutes: number;
  buffer_before_minutes: number;
  buffer_after_minutes: number;
  min_notice_minutes: number;
  horizon_days: number;
  reschedule_cutoff_minutes: number;
  max_reschedules: number | null;
  self_bookable: boolean;
  requires_room: boolean;
  doctor_name: string | null;
  doctor_active: boolean | null;
  offers: boolean;
  given_name: string | null;
  family_name: string | null;
  is_own: boolean | null;
  capabilities: string[] | null;
  rules: RuleFact[] | null;
  exceptions: ExceptionFact[] | null;
  places: Place[] | null;
  /** Not asked for where the doctor's busy cells are free. */
  busy: Span[] | null;
  /** Null where the service needs none. */
  rooms: RoomFact[] | null;
  own_holds: OwnHold[] | null;
  live_holds: number;
  video_base_url: string | null;
};

export type Wanted = {
  serviceId: string;
  doctorId: string;
  locationId?: string | undefined;
  start: Date;
  patientId: string | null;
  holdId?: string | undefined;
  /** The visit that is being moved, which does not stand in its own way. */
  exceptId?: string | undefined;
};

/**
 * Reads the facts of a booking as one prepared statement. Other people's visits come through `doctor_busy` and `room_busy`, which tell
 * when and nothing else; a patient whom the caller may not see comes back without a name.
 */
export async function readFacts(tx: Tx, ctx: Context, wanted: Wanted): Promise<BookingFacts> {
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  // A parent's hold gives way to the parent; what reception holds for one patient does not give way to another.
  const isPatient = ctx.actor.kind === "user" && ctx.actor.role === "patient";
  const place = wanted.locationId ?? null;
  const except = wanted.exceptId ?? null;
  const hold = wanted.holdId ?? null;
  const [row] = await tx.pg<Omit<BookingFacts, "rooms">[]>`
    select s.name as service_name, s.active as service_active, s.modality, s.duration_minutes, s.slot_step_minutes, s.buffer_before_minutes,
      s.buffer_after_minutes, s.min_notice_minutes, s.horizon_days, s.reschedule_cutoff_minutes, s.max_reschedules, s.self_bookable, s.requires_room,
      d.name as doctor_name, d.active as doctor_active,
      exists (select from doctor_services o where o.doctor_id = d.id and o.service_id = s.id) as offers,
      p.given_name, p.family_name, p.user_id = ${userId}::uuid as is_own,
      (select g.capabilities from patient_proxies g where g.patient_id = p.id and g.user_id = ${userId}::uuid and g.revoked_at is null
        and (g.valid_until is null or g.valid_until > ${ctx.now}::timestamptz)) as capabilities,
      (select json_agg(json_build_array(r.location_id, r.weekday, left(r.start_time::text, 5), left(r.end_time::text, 5),
        r.valid_from, r.valid_until, r.service_ids))
        from schedule_rules r where r.doctor_id = d.id) as rules,
      (select json_agg(json_build_object('kind', e.kind, 'locationId', e.location_id,
        'start', extract(epoch from lower(e.during)), 'end', extract(epoch from upper(e.during))))
        from schedule_exceptions e where e.doctor_id = d.id
        and e.during && tstzrange(${wanted.start}::timestamptz - interval '3 days', ${wanted.start}::timestamptz + interval '4 days')) as exceptions,
      (select json_agg(json_build_object('id', l.id, 'name', l.name, 'timeZone', l.time_zone, 'phone', l.phone, 'isActive', l.active))
        from locations l where l.id = ${place}::uuid or l.id in (
          select location_id from doctor_locations where doctor_id = d.id union all select location_id from schedule_rules where doctor_id = d.id
          union all select location_id from schedule_exceptions where doctor_id = d.id)) as places,
      case when exists (select from doctor_busy_days c where c.doctor_id = d.id and c.day between lower(span.busy)::date and upper(span.busy)::date
          and (c.bits & busy_cells(span.busy, c.day)) <> 0::bit(288)) then (
        select json_agg(json_build_array(extract(epoch from b.starts), extract(epoch from b.ends)))
        from doctor_busy(array[d.id], span.busy, ${ctx.now}::timestamptz, ${except}::uuid) b) end as busy,
      (select json_agg(json_build_object('id', h.id, 'doctorId', h.doctor_id, 'locationId', h.location_id, 'serviceId', h.service_id,
        'roomId', h.room_id, 'patientId', h.patient_id, 'version', h.version, 'isLive', h.hold_expires_at > ${ctx.now}::timestamptz,
        'visit', json_build_array(extract(epoch from h.starts_at), extract(epoch from h.ends_at)),
        'busy', json_build_array(extract(epoch from lower(h.busy)), extract(epoch from upper(h.busy)))))
        from appointments h where h.status = 'held' and h.hold_expires_at is not null and (h.patient_id = ${wanted.patientId}::uuid
          or (h.id = ${hold}::uuid and h.patient_id is null)
          or (h.created_by_user_id = ${userId}::uuid and h.doctor_id = d.id and (h.patient_id is null or ${isPatient}::boolean)))
        and h.starts_at < upper(span.busy) and h.ends_at > lower(span.busy)) as own_holds,
      (select count(*)::int from appointments h where h.status = 'held' and h.hold_expires_at > ${ctx.now}::timestamptz
        and h.patient_id = ${wanted.patientId}::uuid) as live_holds,
      case when s.modality = 'video' then (select v.value #>> '{}' from settings v where v.key = 'clinic.videoBaseUrl') end as video_base_url
    from (select ${wanted.start}::timestamptz as at) q
    left join services s on s.id = ${wanted.serviceId}
    left join doctors d on d.id = ${wanted.doctorId}
    left join patients p on p.id = ${wanted.patientId}::uuid
    cross join lateral (select tstzrange(q.at - make_interval(mins => coalesce(s.buffer_before_minutes, 0)),
      q.at + make_interval(mins => coalesce(s.duration_minutes, 0) + coalesce(s.buffer_after_minutes, 0))) as busy) span`;
  if (!row) throw new Error("booking facts returned no row");
  return { ...row, rooms: row.requires_room ? await readRooms(tx, ctx, wanted) : null };
}

/** Rooms of the doctor's places, or of the one that is named, which serve the service; with what they are busy with at the time. */
async function readRooms(tx: Tx, ctx: Context, wanted: Wanted): Promise<RoomFact[]> {
  const { serviceId, doctorId, start } = wanted;
  const place = wanted.locationId ?? null;
  return tx.pg<RoomFact[]>`
    select r.id, r.name, r.location_id as "locationId",
      (select json_agg(json_build_array(extract(epoch from b.starts), extract(epoch from b.ends)))
        from room_busy(array[r.id], tstzrange(${start}::timestamptz - make_interval(mins => s.buffer_before_minutes),
          ${start}::timestamptz + make_interval(mins => s.duration_minutes + s.buffer_after_minutes)),
          ${ctx.now}::timestamptz, ${wanted.exceptId ?? null}::uuid) b) as busy
    from services s join rooms r on r.active
      and (not exists (select from room_services x where x.room_id = r.id)
        or exists (select from room_services x where x.room_id = r.id and x.service_id = s.id))
    where s.id = ${serviceId} and (r.location_id = ${place}::uuid or (${place}::uuid is null and r.location_id in (
      select location_id from doctor_locations where doctor_id = ${doctorId} union all select location_id from schedule_rules where doctor_id = ${doctorId}
      union all select location_id from schedule_exceptions where doctor_id = ${doctorId})))
    order by r.id`;
}
