import type { Tx } from "@/db/client";
import type { TokenPurpose } from "@/lib/accounts/account-tokens";
import { directionOf } from "@/lib/platform/messages";
import type { Claim, MessageKind } from "./ledger";
import type { OutgoingMail } from "./providers/provider";
import { mailWords } from "./texts/message-texts";
import { TEXT_TRIAL } from "./texts/text-kinds";
import { speech } from "./translator";
import type { Sender } from "./visit-message";

export type AccountFacts = {
  email: string;
  displayName: string;
  locale: string;
  isVerified: boolean;
  hasPassword: boolean;
  isDisabled: boolean;
};

type Notice = "newSignIn" | "signInsFailed" | "passwordChanged" | "secondFactor" | "recoveryCode" | "passkey";
type AccountMail = {
  words: "verify" | "registered" | "reset" | "invitation" | Notice;
  path: string;
  purpose?: TokenPurpose;
  /** Tells of what somebody else may have done, and what to do then. */
  isNotice?: true;
};

/** What the owner looks at when it was not them: their sign-ins and factors. */
const notice = (words: Notice): AccountMail => ({ words, path: "/account", isNotice: true });

const MAILS: Partial<Record<MessageKind, AccountMail>> = {
  "account.verification_requested": { words: "verify", path: "/verify", purpose: "verify_email" },
  "account.already_registered": { words: "registered", path: "/sign-in" },
  "account.password_reset_requested": { words: "reset", path: "/reset", purpose: "password_reset" },
  "account.invited": { words: "invitation", path: "/invitation", purpose: "invitation" },
  "account.new_sign_in": notice("newSignIn"),
  "account.sign_ins_failed": notice("signInsFailed"),
  "account.password_changed": notice("passwordChanged"),
  "account.second_factor_changed": notice("secondFactor"),
  "account.recovery_code_used": notice("recoveryCode"),
  "account.passkey_added": notice("passkey"),
};

/** What kind of mail an account event asks for. Throws for an event that is no account's. */
export function accountMailOf(kind: MessageKind): AccountMail {
  const mail = MAILS[kind];
  if (!mail) throw new Error("not a message of an account");
  return mail;
}

export async function accountFacts({ pg }: Tx, userId: string | null): Promise<AccountFacts | undefined> {
  const [facts] = await pg<AccountFacts[]>`
    select email::text as email, display_name as "displayName", locale, email_verified_at is not null as "isVerified",
      password_hash is not null as "hasPassword", disabled_at is not null as "isDisabled"
    from users where id = ${userId}`;
  return facts;
}

/** Why a mail to this account would be untrue by now; undefined where it is wanted. */
export function whyNoAccountMail(kind: MessageKind, facts: AccountFacts | undefined): string | undefined {
  if (!facts || facts.isDisabled) return "no_recipient";
  if (kind === TEXT_TRIAL) return facts.isVerified ? undefined : "no_address";
  if (kind === "account.verification_requested" && facts.isVerified) return "superseded";
  if (kind === "account.invited" && facts.hasPassword) return "superseded";
  return undefined;
}

/** E-mail to an account; `link` is a single-use token made for this sending, and when it ends. */
export async function accountMail(
  claim: Claim,
  facts: AccountFacts,
  link: { token: string; expiresAt: Date } | null,
  { appUrl, mailFrom, clinicName, texts }: Sender,
): Promise<OutgoingMail> {
  const { words, path, isNotice } = accountMailOf(claim.kind);
  const { t, locale, date, time } = speech(facts.locale, "UTC");
  const url = `${appUrl}${path}${link ? `?token=${encodeURIComponent(link.token)}` : ""}`;
  const expires = link && t("account.expires", { date: date(link.expiresAt), time: time(link.expiresAt) });
  const { subject, body } = mailWords(
    texts,
    { kind: claim.kind, channel: "email", locale },
    { name: facts.displayName, clinic: clinicName },
  );
  const { renderLetter } = await import("./templates/render-letter");
  const letter = await renderLetter({
    locale,
    direction: directionOf(locale),
    brand: clinicName,
    heading: t(`account.${words}.heading`, { name: facts.displayName }),
    lead: body,
    facts: [],
    action: { label: t(`account.${words}.action`), url },
    links: [],
    linkHint: t("linkHint"),
    notes: [...(expires ? [expires] : []), t(isNotice ? "account.wasNotYou" : "account.notYou")],
    footer: t("footer"),
  });
  return { id: claim.id, from: mailFrom, to: facts.email, subject, ...letter };
}
