import { withActor } from "@/db/client";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { log } from "@/lib/platform/logger";
import { endAddress } from "./end-address";
import { lookout } from "./last-look";
import { type Claim, settle, type Try } from "./ledger";
import { type Messenger, messengerContext } from "./messenger";
import { prepareMessage } from "./prepare-message";
import { placesOf } from "./providers/places";
import { retryLater, type SendOutcome } from "./providers/provider";
import { takeUp, type Work } from "./take-up";
import { together } from "./together";

/** Claimed together, which spares most round trips of each. Who waits too long for a place or a turn goes back to the ledger, so no lease runs out. */
export const GROUP = 50;

/** So long a message waits for a place among those on their way; then it goes back to wait in the ledger. */
const PLACE_WITHIN_MS = 10_000;

export type Delivery = "sent" | "withdrawn" | "retry" | "failed" | "not_due";

/**
 * Sends messages of the ledger that are due and still true, as many side by side as their provider takes. They are claimed first, in a
 * transaction of its own: whoever dies in the middle leaves claims that run out, and the next try carries the same ids to the provider. Throws
 * only where the database fails, and then when nothing of it is on its way any more. Gives what became of each.
 */
export async function deliverMessages(messenger: Messenger, ids: readonly string[]): Promise<Delivery[]> {
  const works = await takeUp(messenger, ids);
  const desk: Desk = { look: lookout(messenger), ...settler(messenger) };
  const ends = await Promise.allSettled(
    ids.map(async (id) => {
      const work = works.get(id) ?? "not_due";
      return typeof work === "string" ? work : deliver(messenger, desk, work);
    }),
  );
  return ends.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
}

type Desk = { look: ReturnType<typeof lookout> } & ReturnType<typeof settler>;

async function deliver(messenger: Messenger, desk: Desk, work: Work): Promise<Delivery> {
  const end = await attempt(messenger, desk, work);
  if (typeof end === "string") return end;
  await desk.write({ claim: work.claim, ...end });
  return deliveryOf(end.outcome);
}

function deliveryOf(outcome: Try["outcome"]): Delivery {
  if (outcome === "wait") return "not_due";
  if (outcome.ok) return "sent";
  return outcome.next === "retry" || outcome.next === "hold" ? "retry" : "failed";
}

/** Writes down how tries ended, beside the sending of others; what ends while it writes is written together. */
function settler(messenger: Messenger) {
  let hasFailed = false;
  const write = together(async (tries: Try[]) => {
    const ctx = messengerContext(messenger);
    try {
      await withActor(ctx, async (tx) => {
        await settle(tx, tries, ctx.now);
        for (const { claim, outcome } of tries)
          if (outcome !== "wait" && !outcome.ok) await endAddress(tx, claim.id, outcome.next);
      });
    } catch (error) {
      hasFailed = true;
      throw error;
    }
    for (const { claim, outcome } of tries) tell(claim, outcome);
    return tries.map(() => undefined);
  });
  return { write, hasFailed: () => hasFailed };
}

function tell({ id, channel, attempts }: Claim, outcome: Try["outcome"]): void {
  if (outcome === "wait" || outcome.ok) return;
  const fields = { notificationId: id, channel, attempts, errorClass: outcome.errorClass };
  if (outcome.next === "hold") log.error("a provider refuses us: look at its settings", undefined, fields);
  else log.warn("message not sent", fields);
}

/** A fault in one message, even a bug, is that message's alone: it is written down and never stops the others. */
async function attempt(
  messenger: Messenger,
  desk: Desk,
  work: Work,
): Promise<Omit<Try, "claim"> | "withdrawn" | "not_due"> {
  const { claim } = work;
  const leave = await placesOf(claim.channel === "email" ? messenger.mail : messenger.sms).take(PLACE_WITHIN_MS);
  if (!leave) return { outcome: "wait" };
  try {
    // Whoever can't write down what it sends sends no more.
    if (desk.hasFailed()) return "not_due";
    const send = await prepareMessage(messenger, work);
    if (!(await messenger.turn(claim.channel))) return { outcome: "wait" };
    const { look, sent } = await desk.look(claim, () => send().catch((error: unknown) => failed(claim, error)));
    if (look.obstacle || !sent) return look.obstacle ?? "not_due";
    return { outcome: sent, lookedAt: look.at };
  } catch (error) {
    const isAway = databaseRefusal(error)?.code === "unavailable";
    return { outcome: isAway ? "wait" : failed(claim, error) };
  } finally {
    leave();
  }
}

function failed({ id, channel }: Claim, error: unknown): SendOutcome {
  log.error("message could not be made", error, { notificationId: id, channel });
  return retryLater(error instanceof Error ? error.name : "unknown");
}
