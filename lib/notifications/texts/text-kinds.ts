import type { MessageKind } from "../ledger";

// The one list of messages whose words a clinic may change. A new kind of message needs a line here and its words in messages/*/notifications.json.

/** What a name in braces stands for. None tells a service, a specialty or a reason: whoever picks up the phone could read it. */
export const PLACEHOLDERS = [
  "patient",
  "when",
  "place",
  "doctor",
  "clinic",
  "phone",
  "reference",
  "name",
  "link",
  "stop",
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type Values = Partial<Record<Placeholder, string>>;

export type TextChannel = "email" | "sms";
/** Where our own words are, and what they may and must name. A mail's button, time and place stand beside its words, so it must name nothing. */
export type TextSpec = {
  subject?: { key: string; offers: readonly Placeholder[] };
  body: { key: string; offers: readonly Placeholder[]; needs: readonly Placeholder[] };
};
export type TextKind = Partial<Record<TextChannel, TextSpec>>;

const VISIT_MAIL = ["patient", "when", "place", "doctor", "clinic", "phone", "reference"] as const;
const VISIT_SMS = ["when", "place", "clinic", "phone", "link"] as const;

const visit = (occasion: string, needs: readonly Placeholder[] = ["when", "link"]): TextKind => ({
  email: {
    subject: { key: `visit.subject.${occasion}`, offers: ["clinic", "when"] },
    body: { key: `visit.lead.${occasion}`, offers: VISIT_MAIL, needs: [] },
  },
  sms: { body: { key: `visit.sms.${occasion}`, offers: VISIT_SMS, needs } },
});

const account = (words: string): TextKind => ({
  email: {
    subject: { key: `account.${words}.subject`, offers: ["clinic"] },
    body: { key: `account.${words}.lead`, offers: ["name", "clinic"], needs: [] },
  },
});

const reply = (step: string, needs: readonly Placeholder[] = []): TextKind => ({
  sms: { body: { key: `reply.${step}`, offers: ["clinic", "phone", "link"], needs } },
});

export const TEXT_KINDS = {
  "appointment.booked": visit("booked"),
  "appointment.rescheduled": visit("rescheduled"),
  "appointment.cancelled": visit("cancelled"),
  "appointment.reminder": visit("reminder"),
  "appointment.follow_up": visit("follow_up", ["link"]),
  "appointment.offered": visit("offered"),
  "appointment.next_visit_due": {
    email: {
      subject: { key: "visit.subject.next_visit_due", offers: ["clinic"] },
      body: { key: "visit.lead.next_visit_due", offers: ["patient", "when", "doctor", "clinic", "phone"], needs: [] },
    },
    sms: { body: { key: "visit.sms.next_visit_due", offers: ["when", "clinic", "phone", "link"], needs: ["link"] } },
  },
  "appointment.recall_due": {
    email: {
      subject: { key: "visit.subject.recall_due", offers: ["clinic"] },
      body: { key: "visit.lead.recall_due", offers: ["patient", "clinic", "phone"], needs: [] },
    },
    // Whoever did not ask for it must be able to end it.
    sms: {
      body: { key: "visit.sms.recall_due", offers: ["clinic", "phone", "link", "stop"], needs: ["link", "stop"] },
    },
  },
  "reply.confirmed": reply("confirmed"),
  "reply.too_late": reply("too_late", ["phone"]),
  "reply.no_visit": reply("no_visit", ["phone"]),
  "reply.moved_on": reply("moved_on", ["link"]),
  "reply.stopped": reply("stopped"),
  "reply.started": reply("started"),
  "reply.help": reply("help"),
  "account.verification_requested": account("verify"),
  "account.already_registered": account("registered"),
  "account.password_reset_requested": account("reset"),
  "account.invited": account("invitation"),
  "account.new_sign_in": account("newSignIn"),
  "account.sign_ins_failed": account("signInsFailed"),
  "account.password_changed": account("passwordChanged"),
  "account.second_factor_changed": account("secondFactor"),
  "account.recovery_code_used": account("recoveryCode"),
  "account.passkey_added": account("passkey"),
} as const satisfies Record<Exclude<MessageKind, "message.received" | typeof TEXT_TRIAL> | `reply.${string}`, TextKind>;

export type TextKindName = keyof typeof TEXT_KINDS;
export const TEXT_KIND_NAMES = Object.keys(TEXT_KINDS) as TextKindName[];

/** The spec of a kind's text; undefined where there is no such message. */
export const textSpec = (kind: string, channel: TextChannel): TextSpec | undefined =>
  Object.hasOwn(TEXT_KINDS, kind) ? (TEXT_KINDS as Record<string, TextKind>)[kind]?.[channel] : undefined;

/** Which text: also its address, as `appointment.booked.sms.en`. */
export type TextName = { kind: string; channel: TextChannel; locale: string };
export const textAddress = ({ kind, channel, locale }: TextName) => `${kind}.${channel}.${locale}`;

/** The kind of a mail that an admin sends to themselves, to see how a text looks; its step is the text's address. */
export const TEXT_TRIAL = "account.text_trial" as const;

/** Reads an address; undefined where there is no such text. */
export function textNamed(address: string): TextName | undefined {
  const [, kind = "", channel, locale = ""] = /^(.+)\.(email|sms)\.([^.]+)$/.exec(address) ?? [];
  const name = { kind, channel: channel as TextChannel, locale };
  return channel && textSpec(kind, name.channel) ? name : undefined;
}
