import type { Tx } from "@/db/client";
import { range } from "@/db/ranges";
import { type AppointmentView, appointmentView, type DetailsRow } from "@/lib/appointments/views";
import type { Actor } from "@/lib/domain/actor";

type Stretch = { doctorId: string; locationId: string | null; from: Date; to: Date };

/** Visits still to come about that overlap the stretch, in order of start; at one location only, where it names one. */
export async function affectedAppointments(tx: Tx, actor: Actor, stretch: Stretch): Promise<AppointmentView[]> {
  const rows = await tx.pg<DetailsRow[]>`
    select d.* from appointment_details d join appointments a on a.id = d.id
    where a.doctor_id = ${stretch.doctorId} and a.during && ${range(stretch.from, stretch.to)}::tstzrange
      and a.status in ('booked', 'arrived', 'checked_in', 'in_progress')
      and (${stretch.locationId}::uuid is null or a.location_id = ${stretch.locationId}::uuid)
    order by a.starts_at, a.id`;
  return rows.map((row) => appointmentView(withDates(row), actor));
}

const dateOf = (value: Date | string) => new Date(value);

/** Drizzle has the driver hand instants over as text. */
const withDates = (row: DetailsRow): DetailsRow => ({
  ...row,
  starts_at: dateOf(row.starts_at),
  ends_at: dateOf(row.ends_at),
  created_at: dateOf(row.created_at),
  confirmed_at: row.confirmed_at && dateOf(row.confirmed_at),
  hold_expires_at: row.hold_expires_at && dateOf(row.hold_expires_at),
});
