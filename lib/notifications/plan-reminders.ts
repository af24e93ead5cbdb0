import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { reminderSteps } from "@/lib/domain/reminders";
import { noteAttended } from "@/lib/next-visits/note-attended";
import { type Owed, owe, REPLANNED } from "./ledger";
import { quietHoursOf } from "./quiet-hours";
import { type Recipient, recipientsOf } from "./recipients";
import { toldVersion } from "./told-version";

/** A visit as one of its changes left it; `version` is that change's. */
type Occasion = { appointmentId: string; version: number; patientId: string };
type Visit = {
  startsAt: Date;
  endsAt: Date;
  isToCome: boolean;
  isCancelled: boolean;
  wasSeen: boolean;
  leads: number[];
  followUp: number | null;
};

/** A follow-up of a visit that was written down long after it is no news any more. */
const FOLLOW_UP_GRACE_MS = 24 * 3_600_000;

/**
 * Plans the reminders of a visit, in place of those of its earlier times. Nothing is planned for one that is past, cancelled, confirmed
 * or moved once more since; safe to do twice.
 */
export async function planReminders(tx: Tx, occasion: Occasion, recipients: Recipient[], now: Date): Promise<void> {
  const visit = await readVisit(tx, occasion, now);
  if (visit?.isCancelled) return withdrawReminders(tx, occasion.appointmentId, "cancelled", now);
  // An event may come late: what a later change has planned is not its business.
  await withdrawReminders(tx, occasion.appointmentId, "superseded", now, occasion.version);
  if (!visit?.isToCome) return;
  const seconds = { startsAt: visit.startsAt.getTime() / 1_000, now: now.getTime() / 1_000 };
  const rows = recipients.flatMap((recipient) => {
    const hours = { zone: recipient.timeZone, quiet: quietHoursOf(recipient) };
    const steps = reminderSteps(recipient.leadMinutes ?? visit.leads, { ...seconds, ...hours });
    return steps.map(({ leadMinutes, dueAt }) =>
      owed(occasion, recipient, "appointment.reminder", `before_${leadMinutes}`, new Date(dueAt * 1_000)),
    );
  });
  await owe(tx, rows);
}

/** What comes of a visit's new status: no more reminders, and once it has taken place when to come again and a word after it, where its service says so. */
export async function planFollowUp(tx: Tx, event: Omit<Occasion, "patientId">, now: Date): Promise<void> {
  const [row] = await tx.pg<Array<{ patientId: string; version: number }>>`
    select v.patient_id as "patientId", ${toldVersion(tx.pg)} as version
    from appointments v where v.id = ${event.appointmentId} and v.patient_id is not null and v.status <> 'booked'`;
  if (!row) return;
  await withdrawReminders(tx, event.appointmentId, "arrived", now);
  await noteAttended(tx, event.appointmentId, now);
  const occasion = { ...row, appointmentId: event.appointmentId };
  const visit = await readVisit(tx, occasion, now);
  if (!visit?.wasSeen || visit.followUp === null) return;
  const wanted = visit.endsAt.getTime() + visit.followUp * 60_000;
  if (wanted < now.getTime() - FOLLOW_UP_GRACE_MS) return;
  const recipients = await recipientsOf(tx, occasion, row.patientId, now);
  const dueAt = new Date(Math.max(wanted, now.getTime()));
  const step = `after_${visit.followUp}`;
  await owe(
    tx,
    recipients.map((recipient) => owed(occasion, recipient, "appointment.follow_up", step, dueAt)),
  );
}

/** Plans anew what an account is reminded of, after it has changed its wishes. */
export async function replanFor(tx: Tx, userId: string, now: Date): Promise<void> {
  const visits = await tx.pg<Occasion[]>`
    select v.id as "appointmentId", v.patient_id as "patientId", ${toldVersion(tx.pg)} as version
    from appointments v where v.status = 'booked' and v.starts_at > ${now} and (
      v.patient_id = (select id from patients where user_id = ${userId})
      or v.id in (select appointment_id from notifications where user_id = ${userId} and status = 'pending'))
    order by v.id`;
  for (const visit of visits) {
    await tx.pg`
      update notifications set status = 'withdrawn', error_class = ${REPLANNED}, updated_at = ${now}
      where appointment_id = ${visit.appointmentId} and user_id = ${userId} and kind = 'appointment.reminder' and status = 'pending'`;
    await planReminders(tx, visit, await recipientsOf(tx, visit, visit.patientId, now), now);
  }
}

/** Takes back what has not gone out: of all versions of the visit, or of those before one. */
export async function withdrawReminders({ pg }: Tx, appointmentId: string, why: string, now: Date, before?: number) {
  await pg`
    update notifications set status = 'withdrawn', error_class = ${why}, updated_at = ${now}
    where appointment_id = ${appointmentId} and kind = 'appointment.reminder' and status in ('pending', 'queued')
      and (${before ?? null}::int is null or appointment_version < ${before ?? null}::int)`;
}

async function readVisit({ pg }: Tx, { appointmentId, version }: Occasion, now: Date): Promise<Visit | undefined> {
  // One planner of a visit at a time: what the first has written the second withdraws.
  await pg`select pg_advisory_xact_lock(hashtextextended(${appointmentId}, 0))`;
  const [visit] = await pg<Visit[]>`
    select a.starts_at as "startsAt", a.ends_at as "endsAt", s.reminder_minutes as leads, s.follow_up_minutes as "followUp",
      a.status = 'fulfilled' as "wasSeen", a.status = 'cancelled' as "isCancelled", a.status = 'booked' and a.confirmed_at is null and a.starts_at > ${now}
      and not exists (select from appointment_events e where e.appointment_id = a.id and e.version > ${version}
        and e.type in ('appointment.rescheduled', 'appointment.cancelled')) as "isToCome"
    from appointments a join services s on s.id = a.service_id where a.id = ${appointmentId}`;
  return visit;
}

const owed = (
  { appointmentId, version, patientId }: Occasion,
  { userId, channel }: Recipient,
  kind: "appointment.reminder" | "appointment.follow_up",
  step: string,
  dueAt: Date,
): Owed => ({
  id: uuidv7(),
  kind,
  step,
  channel,
  appointmentId,
  appointmentVersion: version,
  patientId,
  userId,
  eventId: null,
  dueAt,
});
