import { withActor } from "@/db/client";
import { owe } from "./ledger";
import { type Messenger, messengerContext } from "./messenger";
import { owedOf, type VisitEvent, waitingIds } from "./plan-visit-messages";
import { recipientsOf } from "./recipients";

/**
 * Owes everybody to whom a held time is offered, and those who act for them, a message; gives the ids of those that are still to be sent. One
 * offer, one message on each channel: doing it twice owes nothing twice.
 */
export async function planOfferMessages(messenger: Messenger, round: Omit<VisitEvent, "kind">): Promise<string[]> {
  const ctx = messengerContext(messenger);
  const event: VisitEvent = { ...round, kind: "appointment.offered" };
  return withActor(ctx, async (tx) => {
    const asked = await tx.pg<Array<{ patientId: string }>>`
      select patient_id as "patientId" from waitlist_offers where appointment_id = ${event.appointmentId} and status = 'open' order by id`;
    for (const { patientId } of asked)
      await owe(tx, owedOf(event, patientId, await recipientsOf(tx, event, patientId, ctx.now), ctx.now));
    return waitingIds(tx, event, ctx.now);
  });
}
