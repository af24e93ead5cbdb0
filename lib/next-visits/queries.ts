import { withActor } from "@/db/client";
import { visible } from "@/lib/appointments/visible";
import { clinicSettings } from "@/lib/clinic/settings";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { isBookedSince } from "./is-booked";
import type { NextVisitChoice, NextVisitView } from "./views";

/** So long after the day nobody is reminded of it on pages any more. */
const SHOWN_FOR_DAYS = 182;
const MOST_SHOWN = 20;

/** Next visits that are wished for and not booked, the soonest first: of one patient, or of all for whom the caller stands. */
export async function listNextVisits(
  ctx: Context,
  { patientId }: { patientId?: string | undefined },
): Promise<Result<NextVisitView[], "forbidden">> {
  if (!mayAtAll(ctx.actor, "visit.read")) return refuse("forbidden");
  return withActor(ctx, async ({ pg }) => {
    const rows = await pg<NextVisitView[]>`
      select w.appointment_id as "appointmentId", w.weeks, w.wished_on::text as "wishedOn",
        json_build_object('id', v.patient_id, 'name', concat_ws(' ', v.patient_given_name, v.patient_family_name)) as patient,
        json_build_object('id', s.id, 'name', s.name) as service, json_build_object('id', v.doctor_id, 'name', v.doctor_name) as doctor,
        s.active and s.self_bookable as "isBookable",
        exists (select from doctor_services d where d.doctor_id = v.doctor_id and d.service_id = s.id) as "hasDoctor"
      from next_visits w join appointment_details v on v.id = w.appointment_id join services s on s.id = w.service_id
      where w.weeks is not null and v.status = 'fulfilled' and w.wished_on > (${ctx.now}::timestamptz at time zone 'UTC')::date - ${SHOWN_FOR_DAYS}::int
        and (${patientId ?? null}::uuid is null or w.patient_id = ${patientId ?? null}::uuid) and ${visible(pg, ctx)} and not ${isBookedSince(pg)}
      order by w.wished_on, w.id limit ${MOST_SHOWN}`;
    return ok([...rows]);
  });
}

/** What holds for one visit, for who may follow it through the day. */
export async function getNextVisit(
  ctx: Context,
  { appointmentId }: { appointmentId: string },
): Promise<Result<NextVisitChoice, "forbidden" | "not_found">> {
  if (!mayAtAll(ctx.actor, "visit.next")) return refuse("forbidden");
  const { nextVisitLeadDays: leadDays } = await clinicSettings(ctx.db);
  return withActor(ctx, async ({ pg }) => {
    const [row] = await pg<(Omit<NextVisitChoice, "mayBeSaid"> & { doctorId: string; status: string })[]>`
      select v.doctor_id as "doctorId", v.status,
        json_build_object('weeks', s.next_visit_weeks, 'serviceId', coalesce(s.next_visit_service_id, s.id)) as rule,
        case when w.id is not null then json_build_object('weeks', w.weeks, 'wishedOn', w.wished_on, 'serviceId', w.service_id, 'outcome', w.outcome) end as said
      from appointments v join services s on s.id = v.service_id left join next_visits w on w.appointment_id = v.id
      where v.id = ${appointmentId} and v.patient_id is not null and v.status not in ('held', 'no_show', 'cancelled')`;
    if (!row) return refuse("not_found");
    const { doctorId, said, rule } = row;
    return ok({ said, rule, leadDays, mayBeSaid: may(ctx.actor, "visit.next", { doctorId }) });
  });
}
