import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { type MessageKind, type Owed, owe } from "./ledger";
import { type Messenger, messengerContext } from "./messenger";
import { planReminders } from "./plan-reminders";
import { recipientsOf } from "./recipients";

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
    const rows = recipients.map(
      ({ userId, channel }): Owed => ({
        id: uuidv7(),
        kind: event.kind,
        step: "now",
        channel,
        appointmentId: event.appointmentId,
        appointmentVersion: event.version,
        patientId: visit.patientId,
        userId,
        eventId: null,
        dueAt: ctx.now,
      }),
    );
    await owe(tx, rows);
    await planReminders(tx, { ...event, patientId: visit.patientId }, recipients, ctx.now);
    return waitingIds(tx, event, ctx.now);
  });
}

async function waitingIds({ pg }: Tx, event: VisitEvent, now: Date): Promise<string[]> {
  const waiting = await pg<Array<{ id: string }>>`
    select id from notifications
    where appointment_id = ${event.appointmentId} and kind = ${event.kind} and appointment_version = ${event.version}
      and status = 'pending' and due_at <= ${now}
    order by id`;
  return waiting.map((row) => row.id);
}
