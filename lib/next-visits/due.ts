import type { Tx } from "@/db/client";
import { isBookedSince } from "./is-booked";
import type { NextVisitChoice } from "./views";

/** Somebody whom it is time to ask. */
export type DueNextVisit = {
  id: string;
  appointmentId: string;
  patientId: string;
  weeks: number;
  wasSeen: boolean;
  isBooked: boolean;
};

/** Nobody is asked to come again while they are on their way home. */
const REST = "1 day";

/** Those whose day comes within so many days, the soonest first; locked, so that no two workers ask the same. */
export async function dueNextVisits({ pg }: Tx, now: Date, leadDays: number, most: number): Promise<DueNextVisit[]> {
  return pg<DueNextVisit[]>`
    select w.id, w.appointment_id as "appointmentId", w.patient_id as "patientId", w.weeks, v.status = 'fulfilled' as "wasSeen",
      ${isBookedSince(pg)} as "isBooked"
    from next_visits w join appointments v on v.id = w.appointment_id
    where w.settled_at is null and w.weeks is not null and w.wished_on <= (${now}::timestamptz at time zone 'UTC')::date + ${leadDays}::int
      and v.ends_at <= ${now}::timestamptz - ${REST}::interval
    order by w.wished_on, w.id limit ${most} for update of w skip locked`;
}

type Outcome = NonNullable<NonNullable<NextVisitChoice["said"]>["outcome"]>;

export async function settleNextVisit({ pg }: Tx, id: string, outcome: Outcome, now: Date): Promise<void> {
  await pg`update next_visits set settled_at = ${now}, outcome = ${outcome}, updated_at = ${now} where id = ${id}`;
}
