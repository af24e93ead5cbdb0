import type postgres from "postgres";

/** The version of the visit `v` that its patient was last told of. */
export const toldVersion = (pg: postgres.TransactionSql) => pg`
  coalesce((select max(e.version) from appointment_events e
    where e.appointment_id = v.id and e.type in ('appointment.booked', 'appointment.rescheduled')), 1)`;
