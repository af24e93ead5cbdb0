import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { holdForOffer } from "@/lib/appointments/hold-for-offer";
import { Overtaken } from "@/lib/appointments/with-retries";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";

export type RoundTime = { serviceId: string; doctorId: string; locationId: string; start: Date; end: Date };

/** A wish that may be asked; `dayStart`: when its patient's day began, from which `mostADay` counts. */
export type Asked = { entryId: string; dayStart: Date };

export type RoundOptions = {
  /** How many are asked at once. */
  size: number;
  expiresAt: Date;
  /** Offers to one patient in one day; without it there is no limit. */
  mostADay?: number;
};

type Picked = { entryId: string; patientId: string };

/**
 * Keeps a time for the first of `ranked` who can be asked, offers it to all of them, and gives how many. All or nothing, so that a worker which
 * dies leaves no hold without offers. `conflict`: nobody can be asked; `slot_unavailable`: the time is taken.
 */
export async function makeRound(
  tx: Tx,
  ctx: Context,
  time: RoundTime,
  ranked: readonly Asked[],
  options: RoundOptions,
): Promise<Result<number>> {
  const batch = await lockBatch(tx, ctx, time, ranked, options);
  if (batch.length === 0) return refuse("conflict");
  const { serviceId, doctorId, locationId, start } = time;
  const held = await holdForOffer(tx, ctx, { serviceId, doctorId, locationId, start }, options.expiresAt);
  if (!held.ok) return held;
  const { id: holdId, end } = held.value;
  const offers = batch.map(({ entryId, patientId }) => ({
    ...{ id: uuidv7(), entry_id: entryId, patient_id: patientId, appointment_id: holdId, doctor_id: doctorId },
    ...{ location_id: held.value.locationId, starts_at: start, ends_at: end, expires_at: options.expiresAt },
    created_at: ctx.now,
  }));
  const { count } = await tx.pg`insert into waitlist_offers ${tx.pg(offers)} on conflict do nothing`;
  if (count < batch.length) throw new Overtaken("somebody is being asked already");
  await enqueue(tx, { topic: "appointment.offered", payload: { appointmentId: holdId, version: 1 } });
  return { ok: true, value: count };
}

/**
 * Other workers may be asking the same people at this moment, or these may have left. So they are locked, patients first, each kind in id order,
 * and looked at once more: only then does a limit hold.
 */
async function lockBatch(tx: Tx, ctx: Context, time: RoundTime, ranked: readonly Asked[], options: RoundOptions) {
  const picked = await pick(tx, ctx, time, ranked, options);
  if (picked.length === 0) return picked;
  const wishes = picked.map(({ entryId }) => entryId);
  await tx.pg`
    select 1 from patients where id = any(${picked.map(({ patientId }) => patientId)}::uuid[]) order by id for no key update`;
  await tx.pg`select 1 from waitlist_entries where id = any(${wishes}::uuid[]) order by id for no key update`;
  const chosen = ranked.filter(({ entryId }) => wishes.includes(entryId));
  const batch = await pick(tx, ctx, time, chosen, options);
  if (batch.length === 0) throw new Overtaken("all of them have just been asked for another time, or left");
  return batch;
}

/** The first who can be asked: each patient once, nobody who is being asked for this wish or for that hour, had this time before, or is busy then. */
const pick = (
  { pg }: Tx,
  { now }: Context,
  { doctorId, start, end }: RoundTime,
  ranked: readonly Asked[],
  { size, mostADay }: RoundOptions,
): Promise<Picked[]> => pg<Picked[]>`
  with able as (
    select e.id, e.patient_id, r.place, row_number() over (partition by e.patient_id order by r.place) as turn
    from unnest(${ranked.map(({ entryId }) => entryId)}::uuid[], ${ranked.map(({ dayStart }) => dayStart.toISOString())}::text[]::timestamptz[])
      with ordinality as r (id, day_start, place)
    join waitlist_entries e on e.id = r.id and e.status = 'waiting'
    where not exists (select from waitlist_offers o where o.patient_id = e.patient_id and o.status = 'open'
        and (o.entry_id = e.id or (o.starts_at < ${end} and o.ends_at > ${start})))
      and not exists (select from waitlist_offers o where o.entry_id = e.id and o.doctor_id = ${doctorId} and o.starts_at = ${start}
        and o.status not in ('withdrawn', 'taken'))
      and (${mostADay ?? null}::int is null or (select count(*) from waitlist_offers o
        where o.patient_id = e.patient_id and o.created_at >= r.day_start) < ${mostADay ?? null}::int)
      and not exists (select from appointments a where a.patient_id = e.patient_id and a.status <> 'cancelled'
        and a.starts_at < ${end} and a.ends_at > ${start} and a.starts_at > ${start}::timestamptz - interval '1 day'
        and (a.status <> 'held' or a.hold_expires_at > ${now}) and a.id is distinct from e.earlier_than_id))
  select id as "entryId", patient_id as "patientId" from able where turn = 1 order by place limit ${size}`;
