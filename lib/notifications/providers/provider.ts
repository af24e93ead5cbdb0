export type Calendar = { method: "REQUEST" | "CANCEL"; content: string };

/** `id` is the ledger's: the idempotency key wherever a provider has a word for one. */
export type OutgoingMail = {
  id: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  calendar?: Calendar;
};

export type OutgoingSms = { id: string; to: string; body: string; at: Date };

/** `retry`: it may go through later. `give_up`: this recipient or message never will. `errorClass` never holds the provider's words. */
export type SendOutcome =
  | { ok: true; providerMessageId: string | null }
  | { ok: false; next: "retry" | "give_up"; errorClass: string };

/** Neither throws for what a provider answers; each ends within `SEND_TIMEOUT_MS`. */
export type MailProvider = { name: string; send(mail: OutgoingMail): Promise<SendOutcome>; close(): void };
export type SmsProvider = { name: string; send(sms: OutgoingSms): Promise<SendOutcome> };

export const SEND_TIMEOUT_MS = 20_000;

export const sent = (providerMessageId: string | null = null): SendOutcome => ({ ok: true, providerMessageId });
export const retryLater = (errorClass: string): SendOutcome => ({ ok: false, next: "retry", errorClass });
export const giveUp = (errorClass: string): SendOutcome => ({ ok: false, next: "give_up", errorClass });
