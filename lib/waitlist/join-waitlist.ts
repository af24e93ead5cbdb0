import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { patientOf } from "@/lib/appointments/acting";
import { dateOf, dayNumber } from "@/lib/domain/calendar";
import { type Refused, type Result, refuse } from "@/lib/domain/result";
import { localDay } from "@/lib/domain/zone";
import type { Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import { capabilitiesOf, judgeKeeping } from "./may-keep";
import type { JoinWaitlistInput } from "./schemas";
import { readWishes, type WaitlistView } from "./views";

type Refusal = "unauthenticated" | "forbidden" | "not_found" | "validation_failed" | "policy_refused";

/** Wishes that one patient can wait with at once. */
export const MAX_WISHES = 5;

const missing = (path: string) => refuse("not_found", { errors: [{ path, message: "was not found" }] });

/**
 * Puts a wish on the waiting list. Refuses `policy_refused` for a service that only the clinic books and beyond five wishes that wait,
 * `not_found` for a service, doctor, place, patient or visit that there is not.
 */
export async function joinWaitlist(ctx: Context, input: JoinWaitlistInput): Promise<Result<WaitlistView, Refusal>> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  const patientId = patientOf(ctx, input.patientId);
  if (!patientId)
    return mayAtAll(ctx.actor, "waitlist.keep") ? invalid("patientId", "say who waits") : refuse("forbidden");
  return withActor(ctx, (tx) => join(tx, ctx, { ...input, patientId }));
}

type Wanted = JoinWaitlistInput & { patientId: string };

async function join(tx: Tx, ctx: Context, input: Wanted): Promise<Result<WaitlistView, Refusal>> {
  const { patientId, serviceId, doctorIds = [], locationId, from, to, weekdays = [], partsOfDay = [] } = input;
  const obstacle = (await judgePatient(tx, ctx, patientId)) ?? (await judgeWish(tx, ctx, input));
  if (obstacle) return obstacle;
  const id = uuidv7();
  await tx.pg`
    insert into waitlist_entries (id, patient_id, service_id, doctor_ids, location_id, from_date, to_date, weekdays, parts_of_day, earlier_than_id,
      created_by_user_id, created_at, updated_at)
    values (${id}, ${patientId}, ${serviceId}, ${doctorIds}::uuid[], ${locationId ?? null}, ${from}::date, ${to}::date, ${weekdays}::int[],
      ${partsOfDay}::text[], ${input.earlierThan ?? null}, ${ctx.actor.kind === "user" ? ctx.actor.userId : null}, ${ctx.now}, ${ctx.now})`;
  const [wish] = await readWishes(tx.pg, tx.pg`e.id = ${id}`, ctx.now, 1);
  if (!wish) throw new Error("a wish just written cannot be read");
  return { ok: true, value: wish };
}

async function judgePatient(tx: Tx, ctx: Context, patientId: string): Promise<Refused<Refusal> | null> {
  const who = judgeKeeping(ctx, { patientId, capabilities: await capabilitiesOf(tx, ctx, patientId) });
  if (!who.ok) return who.code === "not_found" ? missing("patientId") : who;
  // The patient's row orders their wishes, or two at once would both be the fifth.
  const [patient] = await tx.pg<{ isErased: boolean }[]>`
    select erased_at is not null as "isErased" from patients where id = ${patientId} for no key update`;
  if (!patient || patient.isErased) return missing("patientId");
  const [waiting] = await tx.pg<{ count: number }[]>`
    select count(*)::int from waitlist_entries where patient_id = ${patientId} and status = 'waiting'`;
  if (waiting && waiting.count < MAX_WISHES) return null;
  return refuse("policy_refused", {
    detail: `At most ${MAX_WISHES} wishes can wait at once.`,
    data: { reason: "too_many_wishes" },
  });
}

async function judgeWish(tx: Tx, ctx: Context, input: Wanted): Promise<Refused<Refusal> | null> {
  const { serviceId, doctorIds = [], locationId = null, earlierThan = null } = input;
  const [facts] = await tx.pg<
    { isSelfBookable: boolean | null; doctors: string[]; hasPlace: boolean; zone: string | null }[]
  >`
    select (select self_bookable from services where id = ${serviceId} and active) as "isSelfBookable",
      array(select id from doctors where id = any(${doctorIds}::uuid[]) and active) as doctors,
      exists (select from locations where id = ${locationId} and active) as "hasPlace",
      (select time_zone from locations where id = ${locationId}) as zone`;
  if (!facts || facts.isSelfBookable === null) return missing("serviceId");
  const stray = doctorIds.findIndex((id) => !facts.doctors.includes(id));
  if (stray >= 0) return missing(`doctorIds.${stray}`);
  if (locationId && !facts.hasPlace) return missing("locationId");
  if (!facts.isSelfBookable && !may(ctx.actor, "visit.unbound"))
    return refuse("policy_refused", {
      detail: "This visit is arranged by the clinic. Please call.",
      data: { reason: "not_self_bookable" },
    });
  // Without a place, whose clock is meant is open: the last one on earth.
  const today = localDay(ctx.now.getTime() / 1_000, facts.zone ?? "Etc/GMT+12");
  if (dayNumber(input.to) < today) return invalid("to", `must not be before ${dateOf(today)}`);
  return earlierThan ? judgeVisit(tx, ctx, input, earlierThan) : null;
}

async function judgeVisit(tx: Tx, ctx: Context, input: Wanted, id: string): Promise<Refused<Refusal> | null> {
  const [visit] = await tx.pg<{ serviceId: string; isToCome: boolean }[]>`
    select service_id as "serviceId", status = 'booked' and starts_at > ${ctx.now} as "isToCome" from appointments
    where id = ${id} and patient_id = ${input.patientId}`;
  if (!visit) return missing("earlierThan");
  if (!visit.isToCome) return invalid("earlierThan", "is not a visit that is still to come");
  return visit.serviceId === input.serviceId ? null : invalid("earlierThan", "is a visit of another service");
}
