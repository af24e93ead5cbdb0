import type postgres from "postgres";
import type { Context } from "@/lib/platform/context";
import { reach } from "@/lib/platform/permissions";

/**
 * The rule "visit.read" as SQL, and that holds that have run out are nobody's business. It names the rows of patients and doctors once more, so
 * that an index finds them: a policy's `or` only filters. For a `where` over `appointment_details v`.
 */
export function visible(pg: postgres.TransactionSql, { actor, now }: Context) {
  const isLive = pg`(v.status <> 'held' or v.hold_expires_at > ${now})`;
  const relations = reach(actor, "visit.read");
  if (relations.includes("any")) return isLive;
  if (actor.kind !== "user") return pg`false`;
  const own = relations.includes("self") && actor.patientId ? [pg`select ${actor.patientId}::uuid`] : [];
  const granted = relations.includes("view")
    ? [
        pg`select g.patient_id from patient_proxies g where g.user_id = ${actor.userId} and 'view' = any(g.capabilities)
          and g.revoked_at is null and (g.valid_until is null or g.valid_until > ${now})`,
      ]
    : [];
  const patients = [...own, ...granted];
  const ways = [
    ...(relations.includes("calendar") && actor.doctorId ? [pg`v.doctor_id = ${actor.doctorId}::uuid`] : []),
    ...(patients.length > 0
      ? [pg`v.patient_id = any (array(${patients.reduce((all, one) => pg`${all} union all ${one}`)}))`]
      : []),
  ];
  if (ways.length === 0) return pg`false`;
  return pg`${isLive} and (${ways.reduce((all, one) => pg`${all} or ${one}`)})`;
}
