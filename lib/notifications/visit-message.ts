import { displayPhone } from "@/lib/format/phone";
import { directionOf } from "@/lib/platform/messages";
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
type Occasion = Change | "reminder" | "follow_up" | "offered";

const occasionOf = (claim: Claim) => claim.kind.slice("appointment.".length) as Occasion;
const isChange = (occasion: Occasion): occasion is Change => ["booked", "rescheduled", "cancelled"].includes(occasion);
/** Where the one thing to do is done. */
const urlOf = (occasion: Occasion, appUrl: string, { appointmentId, offerId }: VisitFacts) => {
  if (occasion === "offered") return `${appUrl}/visits?offer=${offerId}`;
  return occasion === "follow_up" ? `${appUrl}/find` : `${appUrl}/visits/${appointmentId}`;
};

/** E-mail about a visit: when, where, with whom; never why, nor the service or specialty, which would tell. */
export async function visitMail(
  claim: Claim,
  facts: VisitFacts,
  sender: Sender,
  links: Links | null,
  now: Date,
): Promise<OutgoingMail> {
  const occasion = occasionOf(claim);
  const words = speech(facts.locale, facts.timeZone);
  const to = facts.address ?? "";
  const { subject, body } = mailWords(
    sender.texts,
    textOf(claim, words),
    valuesOf(occasion, facts, words, sender, links),
  );
  const { renderLetter } = await import("./templates/render-letter");
  return {
    id: claim.id,
    from: sender.mailFrom,
    to,
    subject,
    ...(await renderLetter({ ...visitLetter(occasion, facts, words, sender, links), lead: body })),
    ...(isChange(occasion) ? { calendar: visitInvitation(occasion, facts, words, sender, now) } : {}),
  };
}

const textOf = ({ kind, channel }: Claim, { locale }: Speech): TextName => ({ kind, channel, locale });

/** What the clinic may name in its words. In a short message the place stands without its address. */
function valuesOf(occasion: Occasion, facts: VisitFacts, words: Speech, sender: Sender, links: Links | null): Values {
  return {
    patient: facts.patientName,
    when: words.when(facts.startsAt),
    place: facts.modality === "in_person" ? facts.locationName : words.t(`visit.sms.place.${facts.modality}`),
    doctor: facts.doctorName,
    clinic: sender.clinicName,
    phone: facts.locationPhone ? displayPhone(facts.locationPhone) : "",
    reference: facts.reference,
    link: links?.confirm ?? urlOf(occasion, sender.appUrl, facts),
  };
}

function visitLetter(
  occasion: Occasion,
  facts: VisitFacts,
  words: Speech,
  { appUrl, clinicName }: Sender,
  links: Links | null,
): Omit<Letter, "lead"> {
  const { t, locale } = words;
  const place = [facts.locationName, facts.locationAddress].filter(Boolean).join(", ");
  const when = { date: words.date(facts.startsAt), time: words.time(facts.startsAt), zone: words.zone(facts.startsAt) };
  const where = t(`visit.whereValue.${facts.modality}`, { place });
  return {
    locale,
    direction: directionOf(locale),
    brand: clinicName,
    heading: facts.onBehalfOf
      ? t(`visit.headingFor.${occasion}`, { name: facts.onBehalfOf })
      : t(`visit.heading.${occasion}`),
    facts: [
      [t("visit.when"), t("visit.whenValue", when)],
      [t("visit.where"), where],
      [t("visit.with"), facts.doctorName],
      ...answerUntil(occasion, facts, words),
    ],
    action: { label: t(`visit.action.${occasion}`), url: links?.confirm ?? urlOf(occasion, appUrl, facts) },
    links: links
      ? (["cancel", "move"] as const).map((act) => ({ label: t(`visit.link.${act}`), url: links[act] }))
      : [],
    linkHint: t("linkHint"),
    notes: [
      facts.locationPhone ? t("visit.help", { phone: displayPhone(facts.locationPhone) }) : t("visit.unexpected"),
    ],
    footer: t("footer"),
  };
}

/** What people name on the telephone; an offer has no number yet, but an end. */
function answerUntil(occasion: Occasion, { reference, holdExpiresAt }: VisitFacts, words: Speech): [string, string][] {
  if (occasion !== "offered" || !holdExpiresAt) return [[words.t("visit.reference"), reference]];
  const until = { date: words.date(holdExpiresAt), time: words.time(holdExpiresAt), zone: words.zone(holdExpiresAt) };
  return [[words.t("visit.answerUntil"), words.t("visit.whenValue", until)]];
}

function visitInvitation(change: Change, facts: VisitFacts, { t }: Speech, sender: Sender, now: Date) {
  const url = urlOf(change, sender.appUrl, facts);
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
  const values = valuesOf(occasionOf(claim), facts, words, sender, links);
  return { id: claim.id, to: facts.address ?? "", body: smsWords(sender.texts, textOf(claim, words), values), at };
}
