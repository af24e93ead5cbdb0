import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";

/**
 * Once a visit has taken place its service's rule counts, where nobody has said otherwise, and the day is counted from when it really was.
 * What is written down so late that the day is past asks nobody. Safe to do twice.
 */
export async function noteAttended({ pg }: Tx, appointmentId: string, now: Date): Promise<void> {
  await pg`
    insert into next_visits as w (id, appointment_id, patient_id, service_id, weeks, wished_on)
    select ${uuidv7()}::uuid, v.id, v.patient_id, coalesce(s.next_visit_service_id, s.id), s.next_visit_weeks, day.visit + s.next_visit_weeks * 7
    from appointments v join services s on s.id = v.service_id join locations l on l.id = v.location_id
    cross join lateral (select (v.starts_at at time zone l.time_zone)::date as visit, (${now}::timestamptz at time zone l.time_zone)::date as today) day
    where v.id = ${appointmentId} and v.status = 'fulfilled' and v.patient_id is not null and day.visit + s.next_visit_weeks * 7 > day.today
    on conflict (appointment_id) do nothing`;
  await pg`
    update next_visits w set wished_on = (v.starts_at at time zone l.time_zone)::date + w.weeks * 7, settled_at = null, outcome = null, updated_at = ${now}
    from appointments v join locations l on l.id = v.location_id
    where w.appointment_id = ${appointmentId} and v.id = w.appointment_id and v.status = 'fulfilled'
      and (w.outcome is null or w.outcome = 'not_attended')
      and (w.outcome is not null or w.wished_on is distinct from (v.starts_at at time zone l.time_zone)::date + w.weeks * 7)`;
}
