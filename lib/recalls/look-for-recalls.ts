import type postgres from "postgres";
import { type Tx, withActor } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { recallConsent } from "./still-away";
import type { RecallView } from "./views";

/** So many patients are looked at in one transaction. */
const LOOK_BATCH = 1_000;

type Recall = Omit<RecallView, "name" | "version" | "active"> & { lookedUpTo: string | null };

/**
 * Looks once a day, for each recall, at who has not been for so long: a batch of patients at a time, in order of their ids. Several workers
 * take different recalls, and a look that was broken off goes on where it was. Gives how many patients were looked at.
 */
export async function lookForRecalls(ctx: Context): Promise<number> {
  if (!may(ctx.actor, "recall.look")) throw new Error("a job of ours");
  return withActor(ctx, async (tx) => {
    const [recall] = await tx.pg<Recall[]>`
      select id, service_id as "serviceId", months, counts_any_visit as "countsAnyVisit", doctor_id as "doctorId", location_id as "locationId",
        min_age as "minAge", max_age as "maxAge", looked_up_to as "lookedUpTo"
      from recalls where active and (looked_at is null or looked_up_to is not null or looked_at <= ${ctx.now}::timestamptz - interval '1 day')
      order by looked_at nulls first, id limit 1 for no key update skip locked`;
    if (!recall) return 0;
    const batch = await tx.pg<{ id: string }[]>`
      select id from patients where ${recall.lookedUpTo}::uuid is null or id > ${recall.lookedUpTo}::uuid order by id limit ${LOOK_BATCH}`;
    const ids = batch.map(({ id }) => id);
    await find(tx, recall, ids, ctx.now);
    const isDone = ids.length < LOOK_BATCH;
    await tx.pg`update recalls set looked_up_to = ${isDone ? null : (ids.at(-1) ?? null)}, looked_at = ${isDone ? ctx.now : tx.pg`looked_at`}
      where id = ${recall.id}`;
    return ids.length;
  });
}

/** Writes down who of these is due, and from when to write to them; who has been since goes, with what was asked before. */
async function find({ pg }: Tx, recall: Recall, ids: string[], now: Date): Promise<void> {
  const found = await pg<{ patientId: string }[]>`
    insert into recall_patients as r (recall_id, patient_id, last_visit_id, last_visit_at, ask_from)
    select ${recall.id}::uuid, p.id, last.id, last.starts_at,
      case when (select ${recallConsent(pg)} from (select p.id as patient_id) r) then ${now}::timestamptz end
    from patients p cross join lateral (${lastVisit(pg, recall, now)}) last
    where p.id = any(${ids}::uuid[]) and p.erased_at is null and last.starts_at <= ${now}::timestamptz - make_interval(months => ${recall.months}::int)
      and (${recall.doctorId}::uuid is null or last.doctor_id = ${recall.doctorId}::uuid)
      and (${recall.locationId}::uuid is null or last.location_id = ${recall.locationId}::uuid)
      and (${recall.minAge}::int is null or p.date_of_birth <= ${now}::timestamptz::date - make_interval(years => ${recall.minAge}::int))
      and (${recall.maxAge}::int is null or p.date_of_birth > ${now}::timestamptz::date - make_interval(years => ${recall.maxAge}::int + 1))
    on conflict (recall_id, patient_id) do update set last_visit_id = excluded.last_visit_id, last_visit_at = excluded.last_visit_at,
      asked_at = case when r.last_visit_id = excluded.last_visit_id then r.asked_at end,
      asked_count = case when r.last_visit_id = excluded.last_visit_id then r.asked_count else 0 end,
      ask_from = case when r.last_visit_id = excluded.last_visit_id and r.asked_at > ${now}::timestamptz - make_interval(months => ${recall.months}::int) then null
        when excluded.ask_from is not null then coalesce(r.ask_from, excluded.ask_from) end
    returning r.patient_id as "patientId"`;
  const kept = found.map(({ patientId }) => patientId);
  await pg`
    delete from recall_patients where recall_id = ${recall.id} and patient_id = any(${ids}::uuid[]) and not patient_id = any(${kept}::uuid[])`;
}

const lastVisit = (pg: postgres.TransactionSql, { countsAnyVisit, serviceId }: Recall, now: Date) => pg`
  select a.id, a.starts_at, a.doctor_id, a.location_id from appointments a
  where a.patient_id = p.id and a.status = 'fulfilled' and a.starts_at <= ${now} and (${countsAnyVisit} or a.service_id = ${serviceId})
  order by a.starts_at desc limit 1`;
