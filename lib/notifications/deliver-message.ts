import { withActor } from "@/db/client";
import { clinicSettings } from "@/lib/clinic/settings";
import { displayPhone } from "@/lib/format/phone";
import { phoneOf } from "@/lib/patients/patients-by-phone";
import { log } from "@/lib/platform/logger";
import { type AccountFacts, accountFacts, accountMail, accountMailOf, whyNoAccountMail } from "./account-message";
import { endAddress } from "./end-address";
import { type Claim, claim, postpone, renew, settle, withdraw } from "./ledger";
import { issueLinks, linksOf } from "./message-links";
import { type Messenger, messengerContext } from "./messenger";
import { retryLater, type SendOutcome } from "./providers/provider";
import { messageTexts, smsWords } from "./texts/message-texts";
import { TEXT_TRIAL } from "./texts/text-kinds";
import { trialMail } from "./texts/trial-mail";
import { speech } from "./translator";
import { quietUntilFor, type VisitFacts, visitFacts, whyStale } from "./visit-facts";
import { type Sender, visitMail, visitSms } from "./visit-message";

export type Delivery = "sent" | "withdrawn" | "retry" | "failed" | "not_due";

type Work = { claim: Claim } & (
  | { visit: VisitFacts }
  | { account: AccountFacts & { userId: string } }
  | { reply: { phone: string; locale: string } }
);

/**
 * Sends one message of the ledger, if it is due and still true. It is claimed first, in a transaction of its own: whoever dies in the
 * middle leaves a claim that runs out, and the next try carries the same id to the provider. Throws only where the database fails.
 */
export async function deliverMessage(messenger: Messenger, id: string): Promise<Delivery> {
  const work = await takeUp(messenger, id);
  if (typeof work === "string") return work;

  const outcome = await attempt(messenger, work);
  if (typeof outcome === "string") return outcome;
  const ctx = messengerContext(messenger);
  await withActor(ctx, async (tx) => {
    await settle(tx, work.claim, outcome, ctx.now);
    if (!outcome.ok) await endAddress(tx, id, outcome.next);
  });
  if (outcome.ok) return "sent";
  const { channel, attempts } = work.claim;
  const fields = { notificationId: id, channel, attempts, errorClass: outcome.errorClass };
  if (outcome.next === "hold") log.error("a provider refuses us: look at its settings", undefined, fields);
  else log.warn("message not sent", fields);
  return outcome.next === "retry" || outcome.next === "hold" ? "retry" : "failed";
}

/** Claims the message and reads what it tells; what is stale is withdrawn at once. */
async function takeUp(messenger: Messenger, id: string): Promise<Work | Delivery> {
  const ctx = messengerContext(messenger);
  return withActor(ctx, async (tx) => {
    const taken = await claim(tx, id, ctx.now, messenger.leaseMs);
    if (!taken) return "not_due";
    if (taken.appointmentId) {
      const visit = await visitFacts(tx, taken, ctx.now);
      const why = whyStale(taken, visit, ctx.now);
      const quietUntil = visit && !why ? quietUntilFor(taken, visit, ctx.now) : undefined;
      if (quietUntil) {
        await postpone(tx, taken, quietUntil, ctx.now);
        return "not_due";
      }
      if (visit && !why) return { claim: taken, visit };
      await withdraw(tx, taken, why ?? "no_recipient", ctx.now);
      return "withdrawn";
    }
    if (taken.kind === "message.received") {
      const reply = taken.patientId ? await phoneOf(tx, taken.patientId) : null;
      if (reply) return { claim: taken, reply };
      await withdraw(tx, taken, "no_address", ctx.now);
      return "withdrawn";
    }
    const account = await accountFacts(tx, taken.userId);
    const why = whyNoAccountMail(taken.kind, account);
    if (account && taken.userId && !why) return { claim: taken, account: { ...account, userId: taken.userId } };
    await withdraw(tx, taken, why ?? "no_recipient", ctx.now);
    return "withdrawn";
  });
}

/** A fault in one message, even a bug, is that message's alone: it is written down and never stops the others. */
async function attempt(messenger: Messenger, work: Work): Promise<SendOutcome | "withdrawn" | "not_due"> {
  try {
    if ("visit" in work) return await sendVisit(messenger, work.claim, work.visit);
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

async function sendVisit(messenger: Messenger, taken: Claim, visit: VisitFacts) {
  const now = messenger.clock();
  const key = taken.kind === "appointment.reminder" ? await messenger.linkKey() : null;
  const links = key ? linksOf(key, messenger.appUrl, taken) : null;
  const sender = await senderOf(messenger);
  const mail = taken.channel === "email" ? await visitMail(taken, visit, sender, links, now) : null;
  const obstacle = await lastLook(messenger, taken, key);
  if (obstacle) return obstacle;
  return mail ? messenger.mail.send(mail) : messenger.sms.send(visitSms(taken, visit, sender, links, now));
}

async function sendAccount(messenger: Messenger, { claim: taken, account }: Extract<Work, { account: unknown }>) {
  if (taken.kind === TEXT_TRIAL) {
    const trial = await trialMail(taken, account.email, await senderOf(messenger), messenger.clock());
    return (await lastLook(messenger, taken)) ?? messenger.mail.send(trial);
  }
  const { purpose } = accountMailOf(taken.kind);
  const link = purpose ? await messenger.issueToken(account.userId, purpose) : null;
  const mail = await accountMail(taken, account, link, await senderOf(messenger));
  return (await lastLook(messenger, taken)) ?? messenger.mail.send(mail);
}

/** The answer to an answer. It goes out after a STOP as well: that is its last confirmation. */
async function sendReply(messenger: Messenger, { claim: taken, reply }: Extract<Work, { reply: unknown }>) {
  const { phone, name } = await clinicSettings(messenger.db);
  const { locale } = speech(reply.locale, "UTC");
  const body = smsWords(
    await messageTexts(messenger.db),
    { kind: `reply.${taken.step}`, channel: "sms", locale },
    { clinic: name, phone: phone ? displayPhone(phone) : "", link: `${messenger.appUrl}/visits` },
  );
  return (
    (await lastLook(messenger, taken)) ??
    messenger.sms.send({ id: taken.id, to: reply.phone, body, at: messenger.clock() })
  );
}

/** Rendering and waiting for one's turn take their time: the claim may have run out meanwhile, or the visit moved. So this comes right before the send. */
async function lastLook(
  messenger: Messenger,
  taken: Claim,
  linkKey: Uint8Array | null = null,
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
    const visit = await visitFacts(tx, taken, ctx.now);
    const why = whyStale(taken, visit, ctx.now);
    if (why) await withdraw(tx, taken, why, ctx.now);
    else if (linkKey && visit) await issueLinks(tx, linkKey, taken, visit);
    return why ? "withdrawn" : undefined;
  });
}
