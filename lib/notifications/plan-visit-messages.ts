import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { type MessageKind, type Owed, owe } from "./ledger";
import { type Messenger, messengerContext } from "./messenger";
import { planReminders } from "./plan-reminders";
import { type Recipient, recipientsOf } from "./recipients";

export type VisitEvent = { kind: MessageKind; appointmentId: string; version: number };

/**
 * Owes a visit's patient, and those who act for them, a message about one change of the visit, and plans the reminders that come of it;
 * gives the ids of the messages of this change that are still to be sent. Doing it twice owes nothing twice.
 */
export async function planVisitMessages(messenger: Messenger, event: VisitEvent): Promise<string[]> {
  const ctx = messengerContext(messenger);
  return withActor(ctx, async (tx) => {
    const [visit] = await tx.pg<Array<{ patientId: string }>>`
      select patient_id as "patientId" from appointments where id = ${event.appointmentId} and patient_id is not null`;
    if (!visit) return [];
    const recipients = await recipientsOf(tx, event, visit.patientId, ctx.now);
    await owe(tx, owedOf(event, visit.patientId, recipients, ctx.now));
    await planReminders(tx, { ...event, patientId: visit.patientId }, recipients, ctx.now);
    return waitingIds(tx, event, ctx.now);
  });
}

/** A message to each of them about one change of a visit, or about one offer. */
export const owedOf = (
  { kind, appointmentId, version }: VisitEvent,
  patientId: string,
  recipients: readonly Recipient[],
  dueAt: Date,
): Owed[] =>
  recipients.map(({ userId, channel }) => ({
    ...{ id: uuidv7(), kind, step: "now", channel, appointmentId, appointmentVersion: version },
    ...{ patientId, userId, eventId: null, dueAt },
  }));

export async function waitingIds({ pg }: Tx, event: VisitEvent, now: Date): Promise<string[]> {
  const waiting = await pg<Array<{ id: string }>>`
    select id from notifications
    where appointment_id = ${event.appointmentId} and kind = ${event.kind} and appointment_version = ${event.version}
      and status = 'pending' and due_at <= ${now}
    order by id`;
  return waiting.map((row) => row.id);
}
