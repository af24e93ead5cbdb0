import { withActor } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import type { FreedTime } from "./offer-freed-time";

/** The time that a visit's cancelling or moving, which made it `version`, has left free; undefined where there is none. */
export async function freedByVisit(
  ctx: Context,
  { appointmentId, version }: { appointmentId: string; version: number },
): Promise<FreedTime | undefined> {
  const [row] = await withActor(
    ctx,
    ({ pg }) => pg<{ doctorId: string; from: Date; to: Date }[]>`
      select coalesce(x.data ->> 'fromDoctorId', x.data ->> 'doctorId', a.doctor_id::text) as "doctorId", freed.starts as "from",
        freed.starts + (a.ends_at - a.starts_at) as "to"
      from appointment_events x join appointments a on a.id = x.appointment_id
      cross join lateral (select case x.type when 'appointment.rescheduled' then (x.data ->> 'from')::timestamptz else a.starts_at end as starts) freed
      where x.appointment_id = ${appointmentId} and x.version = ${version} and x.type in ('appointment.cancelled', 'appointment.rescheduled')`,
  );
  return row;
}
