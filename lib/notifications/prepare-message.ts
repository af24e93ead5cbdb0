import { clinicSettings } from "@/lib/clinic/settings";
import { displayPhone } from "@/lib/format/phone";
import { accountMail, accountMailOf } from "./account-message";
import { linksOf } from "./message-links";
import type { Messenger } from "./messenger";
import type { SendOutcome } from "./providers/provider";
import type { Work } from "./take-up";
import { messageTexts, smsWords } from "./texts/message-texts";
import { TEXT_TRIAL } from "./texts/text-kinds";
import { trialMail } from "./texts/trial-mail";
import { speech } from "./translator";
import { type Sender, visitMail, visitSms } from "./visit-message";

export type Send = () => Promise<SendOutcome>;

/** Writes a message that was taken up; gives what sends it. Throws where it cannot be written. */
export function prepareMessage(messenger: Messenger, work: Work): Promise<Send> {
  if ("visit" in work) return prepareVisit(messenger, work);
  return "reply" in work ? prepareReply(messenger, work) : prepareAccount(messenger, work);
}

const senderOf = async ({ db, appUrl, mailFrom }: Messenger): Promise<Sender> => ({
  appUrl,
  mailFrom,
  clinicName: (await clinicSettings(db)).name,
  texts: await messageTexts(db),
});

async function prepareVisit(messenger: Messenger, work: Extract<Work, { visit: unknown }>): Promise<Send> {
  const { claim, visit, linkKey } = work;
  const now = messenger.clock();
  const links = linkKey ? linksOf(linkKey, messenger.appUrl, claim) : null;
  const sender = await senderOf(messenger);
  if (claim.channel === "email") {
    const mail = await visitMail(claim, visit, sender, links, now);
    return () => messenger.mail.send(mail);
  }
  const sms = visitSms(claim, visit, sender, links, now);
  return () => messenger.sms.send(sms);
}

async function prepareAccount(messenger: Messenger, work: Extract<Work, { account: unknown }>): Promise<Send> {
  const { claim, account } = work;
  const sender = await senderOf(messenger);
  if (claim.kind === TEXT_TRIAL) {
    const trial = await trialMail(claim, account.email, sender, messenger.clock());
    return () => messenger.mail.send(trial);
  }
  const { purpose } = accountMailOf(claim.kind);
  const link = purpose ? await messenger.issueToken(account.userId, purpose) : null;
  const mail = await accountMail(claim, account, link, sender);
  return () => messenger.mail.send(mail);
}

/** The answer to an answer. It goes out after a STOP as well: that is its last confirmation. */
async function prepareReply(messenger: Messenger, work: Extract<Work, { reply: unknown }>): Promise<Send> {
  const { claim, reply } = work;
  const { phone, name } = await clinicSettings(messenger.db);
  const { locale } = speech(reply.locale, "UTC");
  const body = smsWords(
    await messageTexts(messenger.db),
    { kind: `reply.${claim.step}`, channel: "sms", locale },
    { clinic: name, phone: phone ? displayPhone(phone) : "", link: `${messenger.appUrl}/visits` },
  );
  return () => messenger.sms.send({ id: claim.id, to: reply.phone, body, at: messenger.clock() });
}
