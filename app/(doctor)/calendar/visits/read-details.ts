import "server-only";
import type { VisitDetails } from "@/components/calendar/types";
import { appointmentHistory } from "@/lib/appointments/appointment-history";
import { getVisit } from "@/lib/appointments/get-appointment";
import { isUuid } from "@/lib/clinic/queries";
import type { UserActor } from "@/lib/domain/actor";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { displayPhone } from "@/lib/format/phone";
import { getPatient } from "@/lib/patients/queries";
import type { Context } from "@/lib/platform/context";

/** Everything about one visit: itself, whom it is for, and what has happened to it. */
export async function readDetails(
  ctx: Context & { actor: UserActor },
  id: string,
): Promise<Result<VisitDetails, "unauthenticated" | "not_found">> {
  if (!isUuid(id)) return refuse("not_found");
  const visit = await getVisit(ctx, { id });
  if (!visit.ok) return visit;
  const [history, patient] = await Promise.all([
    appointmentHistory(ctx, { id }),
    visit.value.patient ? getPatient(ctx, { id: visit.value.patient.id }) : null,
  ]);
  if (!history.ok) return history;
  return ok({
    visit: visit.value,
    history: history.value.items,
    viewerId: ctx.actor.userId,
    patient: patient?.ok
      ? {
          recordNumber: patient.value.recordNumber,
          dateOfBirth: patient.value.dateOfBirth,
          phone: patient.value.phone,
          phoneText: patient.value.phone ? displayPhone(patient.value.phone) : null,
          email: patient.value.email,
        }
      : null,
  });
}
