import type { AccountFacts } from "../account-message";
import { accountMail } from "../account-message";
import { type Asking, isAsking } from "../asking-facts";
import type { Claim, MessageKind } from "../ledger";
import { hasLinks, LINK_ACTS, type Links } from "../message-links";
import { speech } from "../translator";
import type { VisitFacts } from "../visit-facts";
import { type Sender, visitMail, visitSms } from "../visit-message";
import type { Words } from "./check-text";
import { smsWords } from "./message-texts";
import { type TextName, textAddress } from "./text-kinds";

const ZERO = "00000000-0000-7000-8000-000000000000";
/** Of a domain that is kept for examples (RFC 2606). */
const NOBODY = "nobody@example.org";
const DAY_MS = 86_400_000;

type Sample = { name: TextName; sender: Omit<Sender, "texts">; words: Words; now: Date; clinicPhone: string };
export type SampleMessage =
  | { channel: "email"; subject: string; html: string; text: string }
  | { channel: "sms"; text: string };

/** A message about nobody, made by the same code as those that are sent, of these words. */
export async function sampleMessage({ name, sender: given, words, now, clinicPhone }: Sample): Promise<SampleMessage> {
  const { t } = speech(name.locale, "UTC");
  const sender = { ...given, texts: new Map([[textAddress(name), words]]) };
  if (name.kind.startsWith("reply.")) {
    const values = { clinic: sender.clinicName, phone: clinicPhone, link: `${sender.appUrl}/visits` };
    return { channel: "sms", text: smsWords(sender.texts, name, values) };
  }
  const claim = claimOf(name);
  if (name.kind.startsWith("account.")) {
    const account: AccountFacts = {
      ...{ email: NOBODY, displayName: t("sample.patient"), locale: name.locale },
      ...{ isVerified: false, hasPassword: false, isDisabled: false },
    };
    const link = { token: "sample", expiresAt: new Date(now.getTime() + DAY_MS) };
    return { channel: "email", ...shown(await accountMail(claim, account, link, sender)) };
  }
  const facts = { ...factsOf(name.locale, now, t), asking: askingOf(claim.kind, now) };
  const links = hasLinks(claim.kind) ? linksOf(sender.appUrl) : null;
  if (name.channel === "sms") return { channel: "sms", text: visitSms(claim, facts, sender, links, now).body };
  return { channel: "email", ...shown(await visitMail(claim, facts, sender, links, now)) };
}

const shown = ({ subject, html, text }: { subject: string; html: string; text: string }) => ({ subject, html, text });

const linksOf = (appUrl: string) =>
  Object.fromEntries(LINK_ACTS.map((act) => [act, `${appUrl}/a/${`sample${act}`.padEnd(22, "0")}`])) as Links;

const claimOf = ({ kind, channel }: TextName): Claim => ({
  ...{ id: ZERO, kind: kind as MessageKind, step: "now", channel, attempts: 1 },
  ...{ appointmentId: ZERO, appointmentVersion: 1, patientId: ZERO, userId: null },
});

function askingOf(kind: MessageKind, now: Date): Asking | null {
  if (!isAsking(kind)) return null;
  const any = { patientId: ZERO, serviceId: ZERO, doctorId: null, wishedOn: null, isBookable: true, obstacle: null };
  if (kind === "appointment.recall_due") return any;
  return { ...any, doctorId: ZERO, wishedOn: new Date(now.getTime() + 14 * DAY_MS).toISOString().slice(0, 10) };
}

function factsOf(locale: string, now: Date, t: (key: string) => string): Omit<VisitFacts, "asking"> {
  // Half past ten there, or half past eleven, a week from today.
  const startsAt = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS + 7 * DAY_MS + 15.5 * 3_600_000);
  return {
    ...{ address: NOBODY, locale, onBehalfOf: null, patientName: t("sample.patient"), appointmentId: ZERO },
    ...{
      reference: "K7M2-P4",
      status: "booked",
      version: 1,
      startsAt,
      endsAt: new Date(startsAt.getTime() + 1_800_000),
    },
    ...{
      timeZone: "America/New_York",
      modality: "in_person",
      doctorName: t("sample.doctor"),
      locationName: t("sample.place"),
    },
    ...{ locationAddress: t("sample.address"), locationPhone: "+12125550100", confirmedAt: null },
    ...{ holdExpiresAt: new Date(now.getTime() + 2 * 3_600_000), offerId: ZERO, isSuperseded: false },
    ...{ isSwitchedOff: false, isPassedOver: false, readerZone: "UTC", quietFrom: null, quietUntil: null },
  };
}
