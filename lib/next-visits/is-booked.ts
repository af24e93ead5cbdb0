import type postgres from "postgres";
import { isKept } from "@/lib/appointments/is-kept";

/**
 * Whether the patient has come again since, or is going to: for the same thing, or to the same doctor. For a query of next visits `w` with their
 * visits `v`.
 */
export const isBookedSince = (pg: postgres.TransactionSql) => pg`
  exists (select from appointments later where later.patient_id = v.patient_id and later.starts_at > v.starts_at
    and ${isKept(pg)}
    and (later.service_id = w.service_id or later.doctor_id = v.doctor_id))`;
