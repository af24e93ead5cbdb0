import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { lockVisit, type VisitForChange } from "@/lib/appointments/change-visit";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import type { SetNextVisitInput } from "./schemas";

type Refusal = "forbidden" | "not_found" | "policy_refused";

/** A visit that did not take place has no next one. */
const NEVER = ["held", "no_show", "cancelled"];

/** Says when the patient of a visit should come again, or that they need not. What has been asked already is asked anew. */
export async function setNextVisit(ctx: Context, input: SetNextVisitInput): Promise<Result<undefined, Refusal>> {
  if (!mayAtAll(ctx.actor, "visit.next")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const visit = await lockVisit(tx, ctx, input.appointmentId);
    if (!visit || !may(ctx.actor, "visit.read", visit)) return refuse("not_found");
    if (!may(ctx.actor, "visit.next", visit)) return refuse("forbidden");
    if (NEVER.includes(visit.status) || visit.patientId === null)
      return refuse("policy_refused", { detail: "There is no next visit after one that did not take place." });
    const plan = await planOf(tx, ctx.now, visit, input);
    if (!plan) return refuse("not_found");
    if (plan.isPast) return refuse("policy_refused", { detail: "Counted from the visit, that day is past already." });
    await tx.pg`
      insert into next_visits (id, appointment_id, patient_id, service_id, weeks, wished_on, set_by_user_id)
      values (${uuidv7()}, ${visit.id}, ${visit.patientId}, ${plan.serviceId}, ${input.weeks}, ${plan.wishedOn},
        ${ctx.actor.kind === "user" ? ctx.actor.userId : null})
      on conflict (appointment_id) do update set service_id = excluded.service_id, weeks = excluded.weeks, wished_on = excluded.wished_on,
        set_by_user_id = excluded.set_by_user_id, settled_at = null, outcome = null, updated_at = ${ctx.now}`;
    return ok();
  });
}

type Plan = { serviceId: string; wishedOn: string | null; isPast: boolean };

/** What they come for and on which day; nothing where there is no such service. */
async function planOf({ pg }: Tx, now: Date, visit: VisitForChange, { weeks, serviceId }: SetNextVisitInput) {
  const [plan] = await pg<Plan[]>`
    select wanted.id as "serviceId", ((v.starts_at at time zone l.time_zone)::date + ${weeks}::int * 7)::text as "wishedOn",
      coalesce((v.starts_at at time zone l.time_zone)::date + ${weeks}::int * 7 <= (${now}::timestamptz at time zone l.time_zone)::date, false) as "isPast"
    from appointments v join locations l on l.id = v.location_id join services own on own.id = v.service_id
    join services wanted on wanted.id = coalesce(${serviceId ?? null}::uuid, own.next_visit_service_id, own.id) and wanted.active
    where v.id = ${visit.id}`;
  return plan;
}
