import type postgres from "postgres";
import { isKept } from "@/lib/appointments/is-kept";

/** Whether a patient of a recall has neither been nor booked since their last visit. For a query of recalled patients `r`. */
export const isStillAway = (pg: postgres.TransactionSql) => pg`
  not exists (select from appointments later where later.patient_id = r.patient_id and later.starts_at > r.last_visit_at
    and ${isKept(pg)})`;

/** Whether they have agreed to such messages, and not taken it back: true, false, or null where they were never asked. */
export const recallConsent = (pg: postgres.TransactionSql) => pg`
  (select c.decision = 'given' from consents c where c.patient_id = r.patient_id and c.kind = 'recalls' order by c.at desc, c.id desc limit 1)`;
