import { withActor } from "@/db/client";
import { deliverMessage } from "./deliver-message";
import { dueIds } from "./ledger";
import { type Messenger, messengerContext } from "./messenger";

const BATCH = 50;

/** Sends messages whose time has come: later tries, and those that a dead worker left. Gives how many it looked at. */
export async function deliverDue(messenger: Messenger, isStopping: () => boolean = () => false): Promise<number> {
  const ctx = messengerContext(messenger);
  const ids = await withActor(ctx, (tx) => dueIds(tx, ctx.now, messenger.leaseMs, BATCH));
  for (const id of ids) {
    if (isStopping()) break;
    await deliverMessage(messenger, id);
  }
  return ids.length;
}
