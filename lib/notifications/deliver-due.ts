import { withActor } from "@/db/client";
import { deliverMessages, GROUP } from "./deliver-messages";
import { dueIds, takeDue } from "./ledger";
import { type Messenger, messengerContext } from "./messenger";

/** So many groups at once: one slow provider's answer holds up no other message. */
const LANES = 4;
export const DUE_BATCH = LANES * GROUP;
/** At most so many ids wait on the broker. */
const MOST_QUEUED = 1_000;

/**
 * Sends messages whose time has come: reminders, later tries, and those that a dead worker left. With `graceMs` only those that have been
 * due for so long. Gives how many it looked at.
 */
export async function deliverDue(messenger: Messenger, isStopping = () => false, graceMs = 0): Promise<number> {
  const ctx = messengerContext(messenger);
  const since = new Date(ctx.now.getTime() - graceMs);
  const ids = await withActor(ctx, (tx) => dueIds(tx, since, messenger.leaseMs, DUE_BATCH));
  const waiting = [...ids];
  const lane = async () => {
    while (waiting.length > 0 && !isStopping()) await deliverMessages(messenger, waiting.splice(0, GROUP));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return ids.length;
}

/** Takes what is due for the broker to hand around; undefined while it has enough. What gets lost there is taken anew after the lease. */
export async function takeDueForBroker(messenger: Messenger): Promise<string[] | undefined> {
  const ctx = messengerContext(messenger);
  return withActor(ctx, (tx) => takeDue(tx, ctx.now, messenger.leaseMs, MOST_QUEUED));
}
