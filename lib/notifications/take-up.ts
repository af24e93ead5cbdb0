import { type Tx, withActor } from "@/db/client";
import { phoneOf } from "@/lib/patients/patients-by-phone";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { log } from "@/lib/platform/logger";
import { type AccountFacts, accountFacts, whyNoAccountMail } from "./account-message";
import { type Claim, claim, postpone, settle, withdraw } from "./ledger";
import { hasLinks, issueLinks } from "./message-links";
import { type Messenger, messengerContext } from "./messenger";
import { retryLater } from "./providers/provider";
import { quietUntilFor, type VisitFacts, visitFacts, whyStale } from "./visit-facts";

/** A message to be sent now, and what it tells. */
export type Work = { claim: Claim } & Tale;
type Tale =
  | { visit: VisitFacts; linkKey: Uint8Array | null }
  | { account: AccountFacts & { userId: string } }
  | { reply: { phone: string; locale: string } };
/** What became of a message that is not to be sent now. */
type Settled = "withdrawn" | "not_due" | "retry";
/**
 * Claims messages, and reads what they tell; what is stale is withdrawn at once. By id; of what is not due there is nothing. A message that
 * cannot be read, even for a bug, is one that was tried, and holds up no other. Throws where the database is away.
 */
export async function takeUp(messenger: Messenger, ids: readonly string[]): Promise<Map<string, Work | Settled>> {
  try {
    return await takeUpAtOnce(messenger, ids);
  } catch (error) {
    if (databaseRefusal(error)?.code === "unavailable") throw error;
    const [id = ""] = ids;
    if (ids.length === 1) return new Map([[id, await countTry(messenger, id, error)]]);
    const one = new Map<string, Work | Settled>();
    for (const each of ids) for (const [key, work] of await takeUp(messenger, [each])) one.set(key, work);
    return one;
  }
}

async function takeUpAtOnce(messenger: Messenger, ids: readonly string[]) {
  const ctx = messengerContext(messenger);
  const linkKey = await messenger.linkKey();
  return withActor(ctx, async (tx) => {
    const claims = await claim(tx, ids, ctx.now, messenger.leaseMs);
    const visits = await visitFacts(
      tx,
      claims.filter(({ appointmentId }) => appointmentId !== null),
      ctx.now,
    );
    const works = new Map<string, Work | Settled>();
    for (const taken of claims) {
      const tale = taken.appointmentId
        ? await ofVisit(tx, taken, visits.get(taken.id), linkKey, ctx.now)
        : await ofPerson(tx, taken, ctx.now);
      works.set(taken.id, typeof tale === "string" ? tale : { claim: taken, ...tale });
    }
    const told = [...works.values()].flatMap((work) =>
      typeof work !== "string" && "visit" in work && work.linkKey ? [work] : [],
    );
    await issueLinks(tx, linkKey, told, ctx.now);
    return works;
  });
}

async function ofVisit(
  tx: Tx,
  taken: Claim,
  visit: VisitFacts | undefined,
  linkKey: Uint8Array,
  now: Date,
): Promise<Tale | Settled> {
  const why = whyStale(taken, visit, now);
  if (!visit || why) return takeBack(tx, taken, why, now);
  const quietUntil = quietUntilFor(taken, visit, now);
  if (!quietUntil) return { visit, linkKey: hasLinks(taken.kind) ? linkKey : null };
  await postpone(tx, taken, quietUntil, now);
  return "not_due";
}

async function ofPerson(tx: Tx, taken: Claim, now: Date): Promise<Tale | Settled> {
  if (taken.kind === "message.received") {
    const reply = taken.patientId ? await phoneOf(tx, taken.patientId) : null;
    return reply ? { reply } : takeBack(tx, taken, "no_address", now);
  }
  const account = await accountFacts(tx, taken.userId);
  const why = whyNoAccountMail(taken.kind, account);
  if (account && taken.userId && !why) return { account: { ...account, userId: taken.userId } };
  return takeBack(tx, taken, why, now);
}

async function takeBack(tx: Tx, taken: Claim, why: string | undefined, now: Date): Promise<"withdrawn"> {
  await withdraw(tx, taken, why ?? "no_recipient", now);
  return "withdrawn";
}

/** After the last of them it is dead, where staff see it. */
async function countTry(messenger: Messenger, id: string, error: unknown): Promise<Settled> {
  log.error("message could not be read", error, { notificationId: id });
  const ctx = messengerContext(messenger);
  const outcome = retryLater(error instanceof Error ? error.name : "unknown");
  return withActor(ctx, async (tx) => {
    const claims = await claim(tx, [id], ctx.now, messenger.leaseMs);
    await settle(
      tx,
      claims.map((taken) => ({ claim: taken, outcome })),
      ctx.now,
    );
    return claims.length > 0 ? "retry" : "not_due";
  });
}
