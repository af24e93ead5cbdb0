import "server-only";
import { patientVisits } from "@/lib/appointments/visit-lists";
import { listLocations } from "@/lib/clinic/queries";
import { doctorPlaces } from "@/lib/doctors/doctor-places";
import type { UserActor } from "@/lib/domain/actor";
import { getPatient } from "@/lib/patients/queries";
import type { Context } from "@/lib/platform/context";

/** The clock by which somebody reads what has no place of its own, such as a record: a doctor's first place, a patient's own or their last visit's. */
export async function readerZone(ctx: Context & { actor: UserActor }): Promise<string> {
  return (await ownZone(ctx)) ?? (await clinicZone(ctx));
}

async function ownZone(ctx: Context & { actor: UserActor }): Promise<string | null | undefined> {
  const { doctorId, patientId } = ctx.actor;
  if (doctorId) {
    const places = await doctorPlaces(ctx, { doctorId });
    return places.ok ? places.value[0]?.timeZone : null;
  }
  if (!patientId) return null;
  const [patient, visits] = await Promise.all([
    getPatient(ctx, { id: patientId }),
    patientVisits(ctx, { when: "past", patientId, limit: 1 }),
  ]);
  return (patient.ok && patient.value.timeZone) || (visits.ok ? visits.value.items[0]?.timeZone : null);
}

async function clinicZone(ctx: Context): Promise<string> {
  const places = await listLocations(ctx, { state: "active" });
  return (places.ok ? places.value.items[0]?.timeZone : undefined) ?? "UTC";
}
