import { withActor } from "@/db/client";
import { clinicSettings } from "@/lib/clinic/settings";
import { displayPhone } from "@/lib/format/phone";
import { log } from "@/lib/platform/logger";
import { accountMail, accountMailOf } from "./account-message";
import { endAddress } from "./end-address";
import { postpone, renew, settle, type Try, withdraw } from "./ledger";
import { linksOf } from "./message-links";
import { type Messenger, messengerContext } from "./messenger";
import { retryLater, type SendOutcome } from "./providers/provider";
import { takeUp, type Work } from "./take-up";
import { messageTexts, smsWords } from "./texts/message-texts";
import { TEXT_TRIAL } from "./texts/text-kinds";
import { trialMail } from "./texts/trial-mail";
import { speech } from "./translator";
import { visitFacts, whyStale } from "./visit-facts";
import { type Sender, visitMail, visitSms } from "./visit-message";

/** Claimed together, which spares most round trips of each; few enough that a slow provider has them all within their lease. */
export const GROUP = 10;

export type Delivery = "sent" | "withdrawn" | "retry" | "failed" | "not_due";

/**
 * Sends messages of the ledger that are due and still true, one after the other. They are claimed first, in a transaction of its own:
 * whoever dies in the middle leaves claims that run out, and the next try carries the same ids to the provider. Throws only where the
 * database fails. Gives what became of each.
 */
export async function deliverMessages(messenger: Messenger, ids: readonly string[]): Promise<Delivery[]> {
  const works = await takeUp(messenger, ids);
  const writer = settler(messenger);
  const deliveries: Delivery[] = [];
  for (const id of ids) {
    if (writer.hasFailed()) break;
    const work = works.get(id) ?? "not_due";
    const outcome = typeof work === "string" ? work : await attempt(messenger, work);
    if (typeof work !== "string" && typeof outcome !== "string") writer.add({ claim: work.claim, outcome });
    deliveries.push(typeof outcome === "string" ? outcome : deliveryOf(outcome));
  }
  await writer.done();
  return deliveries;
}

function deliveryOf(outcome: SendOutcome): Delivery {
  if (outcome.ok) return "sent";
  return outcome.next === "retry" || outcome.next === "hold" ? "retry" : "failed";
}

/** Writes down at once how a try ended, beside the next send; what ends while it writes is written together. */
function settler(messenger: Messenger) {
  const waiting: Try[] = [];
  let writing: Promise<void> = Promise.resolve();
  let hasFailed = false;
  const write = async () => {
    const tries = waiting.splice(0);
    if (tries.length === 0) return;
    const ctx = messengerContext(messenger);
    await withActor(ctx, async (tx) => {
      await settle(tx, tries, ctx.now);
      for (const { claim, outcome } of tries) if (!outcome.ok) await endAddress(tx, claim.id, outcome.next);
    });
  };
  const add = ({ claim, outcome }: Try) => {
    waiting.push({ claim, outcome });
    writing = writing.then(write);
    writing.catch(() => {
      hasFailed = true;
    });
    if (outcome.ok) return;
    const { id, channel, attempts } = claim;
    const fields = { notificationId: id, channel, attempts, errorClass: outcome.errorClass };
    if (outcome.next === "hold") log.error("a provider refuses us: look at its settings", undefined, fields);
    else log.warn("message not sent", fields);
  };
  return { add, done: () => writing, hasFailed: () => hasFailed };
}

/** A fault in one message, even a bug, is that message's alone: it is written down and never stops the others. */
async function attempt(messenger: Messenger, work: Work): Promise<SendOutcome | "withdrawn" | "not_due"> {
  try {
    if ("visit" in work) return await sendVisit(messenger, work);
    return "reply" in work ? await sendReply(messenger, work) : await sendAccount(messenger, work);
  } catch (error) {
    log.error("message could not be made", error, { notificationId: work.claim.id, channel: work.claim.channel });
    return retryLater(error instanceof Error ? error.name : "unknown");
  }
}

const senderOf = async ({ db, appUrl, mailFrom }: Messenger): Promise<Sender> => ({
  appUrl,
  mailFrom,
  clinicName: (await clinicSettings(db)).name,
  texts: await messageTexts(db),
});

async function sendVisit(messenger: Messenger, work: Extract<Work, { visit: unknown }>) {
  const { claim: taken, visit, linkKey } = work;
  const now = messenger.clock();
  const links = linkKey ? linksOf(linkKey, messenger.appUrl, taken) : null;
  const sender = await senderOf(messenger);
  const letter =
    taken.channel === "email"
      ? await visitMail(taken, visit, sender, links, now)
      : visitSms(taken, visit, sender, links, now);
  const obstacle = await lastLook(messenger, work);
  if (obstacle) return obstacle;
  return "subject" in letter ? messenger.mail.send(letter) : messenger.sms.send(letter);
}

async function sendAccount(messenger: Messenger, work: Extract<Work, { account: unknown }>) {
  const { claim: taken, account } = work;
  if (taken.kind === TEXT_TRIAL) {
    const trial = await trialMail(taken, account.email, await senderOf(messenger), messenger.clock());
    return (await lastLook(messenger, work)) ?? messenger.mail.send(trial);
  }
  const { purpose } = accountMailOf(taken.kind);
  const link = purpose ? await messenger.issueToken(account.userId, purpose) : null;
  const mail = await accountMail(taken, account, link, await senderOf(messenger));
  return (await lastLook(messenger, work)) ?? messenger.mail.send(mail);
}

/** The answer to an answer. It goes out after a STOP as well: that is its last confirmation. */
async function sendReply(messenger: Messenger, work: Extract<Work, { reply: unknown }>) {
  const { claim: taken, reply } = work;
  const { phone, name } = await clinicSettings(messenger.db);
  const { locale } = speech(reply.locale, "UTC");
  const body = smsWords(
    await messageTexts(messenger.db),
    { kind: `reply.${taken.step}`, channel: "sms", locale },
    { clinic: name, phone: phone ? displayPhone(phone) : "", link: `${messenger.appUrl}/visits` },
  );
  return (
    (await lastLook(messenger, work)) ??
    messenger.sms.send({ id: taken.id, to: reply.phone, body, at: messenger.clock() })
  );
}

/** Rendering and waiting for one's turn take their time: the claim may have run out meanwhile, or the visit moved. So this comes right before the send. */
async function lastLook(
  messenger: Messenger,
  { claim: taken }: Pick<Work, "claim">,
): Promise<"not_due" | "withdrawn" | undefined> {
  const isItsTurn = await messenger.turn(taken.channel);
  const ctx = messengerContext(messenger);
  if (!isItsTurn) {
    await withActor(ctx, (tx) => postpone(tx, taken, ctx.now, ctx.now));
    return "not_due";
  }
  return withActor(ctx, async (tx) => {
    if (!(await renew(tx, taken, ctx.now))) return "not_due";
    if (!taken.appointmentId) return undefined;
    const visit = (await visitFacts(tx, [taken], ctx.now)).get(taken.id);
    const why = whyStale(taken, visit, ctx.now);
    if (why) await withdraw(tx, taken, why, ctx.now);
    return why ? "withdrawn" : undefined;
  });
}
