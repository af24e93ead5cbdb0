import { formatLocalDate } from "@/lib/format/dates";
import { displayPhone } from "@/lib/format/phone";
import { directionOf } from "@/lib/platform/messages";
import { remember } from "@/lib/platform/remember";
import { askingUrl } from "./asking-facts";
import { invitationOf } from "./calendar";
import type { Claim } from "./ledger";
import type { Links } from "./message-links";
import type { OutgoingMail, OutgoingSms } from "./providers/provider";
import type { Letter } from "./templates/letter";
import { type MessageTexts, mailWords, smsWords } from "./texts/message-texts";
import type { TextName, Values } from "./texts/text-kinds";
import { type Speech, speech } from "./translator";
import type { VisitFacts } from "./visit-facts";

export type Sender = { appUrl: string; mailFrom: string; clinicName: string; texts: MessageTexts };
type Change = "booked" | "rescheduled" | "cancelled";
type Occasion = Change | "reminder" | "follow_up" | "offered" | "next_visit_due" | "recall_due";
/** What a message is made of, all of it read. */
type Told = { occasion: Occasion; facts: VisitFacts; words: Speech; sender: Sender; links: Links | null; now: Date };

const occasionOf = (claim: Claim) => claim.kind.slice("appointment.".length) as Occasion;
const isChange = (occasion: Occasion): occasion is Change => ["booked", "rescheduled", "cancelled"].includes(occasion);
/** Where the one thing to do is done. */
function urlOf({ occasion, facts, sender: { appUrl }, links, now }: Told): string {
  if (occasion === "reminder" && links) return links.confirm;
  if (facts.asking) return askingUrl(appUrl, facts.asking, facts.onBehalfOf !== null, now);
  if (occasion === "offered") return `${appUrl}/visits?offer=${facts.offerId}`;
  return occasion === "follow_up" ? `${appUrl}/find` : `${appUrl}/visits/${facts.appointmentId}`;
}

/** E-mail about a visit: when, where, with whom; never why, nor the service or specialty, which would tell. */
export async function visitMail(
  claim: Claim,
  facts: VisitFacts,
  sender: Sender,
  links: Links | null,
  now: Date,
): Promise<OutgoingMail> {
  const words = speech(facts.locale, facts.timeZone);
  const told = { occasion: occasionOf(claim), facts, words, sender, links, now };
  const { occasion } = told;
  const to = facts.address ?? "";
  const { subject, body } = mailWords(sender.texts, textOf(claim, words), valuesOf(told));
  const { renderLetter } = await import("./templates/render-letter");
  return {
    id: claim.id,
    from: sender.mailFrom,
    to,
    subject,
    ...(await renderLetter({ ...visitLetter(told), lead: body })),
    ...(isChange(occasion) ? { calendar: visitInvitation(occasion, told) } : {}),
  };
}

const textOf = ({ kind, channel }: Claim, { locale }: Speech): TextName => ({ kind, channel, locale });

const shownPhones = new Map<string, string>();

/** A location's number as people write it; to parse it costs a third of a short message's writing. */
function shownPhone(phone: string): string {
  const known = shownPhones.get(phone);
  if (known !== undefined) return known;
  const shown = displayPhone(phone);
  remember(shownPhones, phone, shown, 500);
  return shown;
}

/** What the clinic may name in its words. In a short message the place stands without its address. */
function valuesOf(told: Told): Values {
  const { facts, words, sender, links } = told;
  return {
    patient: facts.patientName,
    when: facts.asking ? wishedDay(told) : words.when(facts.startsAt),
    place: facts.modality === "in_person" ? facts.locationName : words.t(`visit.sms.place.${facts.modality}`),
    doctor: facts.doctorName,
    clinic: sender.clinicName,
    phone: facts.locationPhone ? shownPhone(facts.locationPhone) : "",
    reference: facts.reference,
    link: urlOf(told),
    stop: links?.unsubscribe ?? "",
  };
}

const wishedDay = ({ facts, words }: Told) =>
  facts.asking?.wishedOn ? formatLocalDate(facts.asking.wishedOn, words.locale, "date") : "";

function visitLetter(told: Told): Omit<Letter, "lead"> {
  const { occasion, facts, words, sender } = told;
  const { t, locale } = words;
  return {
    locale,
    direction: directionOf(locale),
    brand: sender.clinicName,
    heading: facts.onBehalfOf
      ? t(`visit.headingFor.${occasion}`, { name: facts.onBehalfOf })
      : t(`visit.heading.${occasion}`),
    facts: rowsOf(told),
    action: { label: t(`visit.action.${occasion}`), url: urlOf(told) },
    links: linkRows(told),
    linkHint: t("linkHint"),
    notes: [facts.locationPhone ? t("visit.help", { phone: shownPhone(facts.locationPhone) }) : t("visit.unexpected")],
    footer: t("footer"),
  };
}

function rowsOf(told: Told): [string, string][] {
  const { occasion, facts, words } = told;
  const { t } = words;
  if (occasion === "recall_due") return [];
  if (occasion === "next_visit_due")
    return [
      [t("visit.wished"), wishedDay(told)],
      [t("visit.with"), facts.doctorName],
    ];
  const place = [facts.locationName, facts.locationAddress].filter(Boolean).join(", ");
  const when = { date: words.date(facts.startsAt), time: words.time(facts.startsAt), zone: words.zone(facts.startsAt) };
  return [
    [t("visit.when"), t("visit.whenValue", when)],
    [t("visit.where"), t(`visit.whereValue.${facts.modality}`, { place })],
    [t("visit.with"), facts.doctorName],
    ...answerUntil(told),
  ];
}

/** What else can be done with one press. */
function linkRows({ occasion, words: { t }, links }: Told): Letter["links"] {
  if (!links) return [];
  const acts = occasion === "recall_due" ? (["unsubscribe"] as const) : (["cancel", "move"] as const);
  return acts.map((act) => ({ label: t(`visit.link.${act}`), url: links[act] }));
}

/** What people name on the telephone; an offer has no number yet, but an end. */
function answerUntil({ occasion, facts: { reference, holdExpiresAt }, words }: Told): [string, string][] {
  if (occasion !== "offered" || !holdExpiresAt) return [[words.t("visit.reference"), reference]];
  const until = { date: words.date(holdExpiresAt), time: words.time(holdExpiresAt), zone: words.zone(holdExpiresAt) };
  return [[words.t("visit.answerUntil"), words.t("visit.whenValue", until)]];
}

function visitInvitation(change: Change, told: Told) {
  const { facts, sender, now } = told;
  const { t } = told.words;
  const url = urlOf(told);
  const place = [facts.locationName, facts.locationAddress].filter(Boolean).join(", ");
  const visit = {
    appointmentId: facts.appointmentId,
    version: facts.version,
    startsAt: facts.startsAt,
    endsAt: facts.endsAt,
    summary: t("visit.calendar.summary"),
    description: t("visit.calendar.description", { reference: facts.reference, url }),
    place: facts.modality === "in_person" ? place : null,
    url,
  };
  return invitationOf(visit, now, {
    method: change === "cancelled" ? "CANCEL" : "REQUEST",
    organizer: sender.mailFrom,
    attendee: facts.address ?? "",
  });
}

/** Short message about a visit: no name at all, as phones lie on tables; at most two parts. */
export function visitSms(claim: Claim, facts: VisitFacts, sender: Sender, links: Links | null, at: Date): OutgoingSms {
  const words = speech(facts.locale, facts.timeZone);
  const values = valuesOf({ occasion: occasionOf(claim), facts, words, sender, links, now: at });
  return { id: claim.id, to: facts.address ?? "", body: smsWords(sender.texts, textOf(claim, words), values), at };
}
