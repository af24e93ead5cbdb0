import type postgres from "postgres";
import type { Context } from "@/lib/platform/context";

/**
 * What row-level security leaves open: a grant must say "view", and holds that have run out are nobody's business. It names the rows of
 * patients and doctors once more, so that an index finds them: a policy's `or` only filters. For a `where` over `appointment_details v`.
 */
export function visible(pg: postgres.TransactionSql, { actor, now }: Context) {
  const isLive = pg`(v.status <> 'held' or v.hold_expires_at > ${now})`;
  if (actor.kind !== "user") return isLive;
  if (actor.role === "doctor") {
    const asPatient = actor.patientId ? pg`or v.patient_id = ${actor.patientId}::uuid` : pg``;
    return pg`${isLive} and (v.doctor_id = ${actor.doctorId}::uuid ${asPatient})`;
  }
  if (actor.role !== "patient") return isLive;
  return pg`${isLive} and v.patient_id = any (array(
    select ${actor.patientId}::uuid union all
    select g.patient_id from patient_proxies g where g.user_id = ${actor.userId} and 'view' = any(g.capabilities)
      and g.revoked_at is null and (g.valid_until is null or g.valid_until > ${now})))`;
}
