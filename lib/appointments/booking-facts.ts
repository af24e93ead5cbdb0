import { actorSettings, type On } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { type ReferenceFacts, readPlace, referenceFacts } from "./reference-facts";

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

export type RoomFact = { id: string; name: string; locationId: string; busy: Span[] | null };

type PatientFacts = {
  givenName: string | null;
  familyName: string | null;
  /** What a grant lets the caller do; not asked for where they are the patient. */
  capabilities: string[] | null;
};

/** Everything that one booking is decided on. Instants are epoch seconds; null lists are empty ones. */
export type BookingFacts = PatientFacts & {
  reference: ReferenceFacts;
  /** The doctor's busy ranges at the time; not asked for where the busy cells are free. */
  busy: Span[] | null;
  /** Null where the service needs none. */
  rooms: RoomFact[] | null;
  /** Those that meet the wanted time. */
  ownHolds: OwnHold[];
  /** The live one that `holdId` names, whenever it is. */
  namedHold: OwnHold | undefined;
  /** How many live ones the patient has, whenever they are. */
  liveHolds: number;
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
  /** The clinic has offered it: patients may take it though only the clinic books the service. */
  isOffered?: boolean | undefined;
};

type FactsRow = PatientFacts & {
  serviceId: string | null;
  doctorId: string | null;
  stamp: string;
  busy: Span[] | null;
  holds: OwnHold[] | null;
};

/** The field that names nothing. */
export type Missing = { missing: "serviceId" | "doctorId" | "locationId" };

/**
 * Reads the facts of a booking in one round trip, a second where the doctor's hours have changed since they were last read. Other people's
 * visits come as busy cells, or through `doctor_busy` and `room_busy`, which tell when and nothing else.
 */
export async function readFacts(on: On, ctx: Context, wanted: Wanted): Promise<BookingFacts | Missing> {
  const row = await readHotFacts(on, ctx, wanted);
  if (!row.doctorId) return { missing: "doctorId" };
  if (!row.serviceId) return { missing: "serviceId" };
  const { serviceId, doctorId, locationId } = wanted;
  let reference = await referenceFacts(on, ctx.db, { serviceId, doctorId, stamp: row.stamp });
  if (locationId && !reference.places?.some(({ id }) => id === locationId)) {
    const place = await readPlace(on, locationId);
    if (!place) return { missing: "locationId" };
    reference = { ...reference, places: [...(reference.places ?? []), place] };
  }
  const rooms = reference.requiresRoom ? await readRooms(on, ctx, wanted) : null;
  const { holds, givenName, familyName, capabilities, busy } = row;
  const meets = ownHoldsMeeting(reference, wanted);
  return {
    givenName,
    familyName,
    capabilities,
    reference,
    busy,
    rooms,
    ownHolds: holds?.filter(meets) ?? [],
    namedHold: holds?.find((hold) => hold.id === wanted.holdId && hold.isLive),
    liveHolds: holds?.filter((hold) => hold.isLive && hold.patientId === wanted.patientId).length ?? 0,
  };
}

function ownHoldsMeeting(reference: ReferenceFacts, wanted: Wanted) {
  const start = wanted.start.getTime() / 1_000;
  const from = start - reference.bufferBeforeMinutes * 60;
  const until = start + (reference.durationMinutes + reference.bufferAfterMinutes) * 60;
  return ({ busy }: OwnHold) => busy[0] < until && from < busy[1];
}

async function readHotFacts(on: On, ctx: Context, wanted: Wanted): Promise<FactsRow> {
  const [row] = await on.pg<FactsRow[]>`
    select service_id as "serviceId", doctor_id as "doctorId", stamp, given_name as "givenName", family_name as "familyName",
      capabilities, busy, holds
    from booking_facts(${actorSettings(ctx.actor, ctx.requestId)}, ${wanted.serviceId}, ${wanted.doctorId}, ${wanted.patientId}, ${wanted.start},
      ${wanted.holdId ?? null}, ${wanted.exceptId ?? null}, ${ctx.now})`;
  if (!row) throw new Error("booking facts returned no row");
  return row;
}

/** Rooms of the doctor's places, or of the one that is named, which serve the service; with what they are busy with at the time. */
async function readRooms(on: On, ctx: Context, wanted: Wanted): Promise<RoomFact[]> {
  const { serviceId, doctorId, start } = wanted;
  const place = wanted.locationId ?? null;
  return on.pg<RoomFact[]>`
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
