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

/**
 * What becomes of a message that was not taken. `retry`: it may go through later. `hold`: our settings are at fault, so it waits until
 * they are mended and no try is spent. `give_up`: this message never will. `suppress`: this address does not exist. `stop`: its owner has told
 * the provider to send nothing more.
 */
export type Next = "retry" | "hold" | "give_up" | "suppress" | "stop";
/** `errorClass` never holds the provider's words. */
export type SendOutcome =
  | { ok: true; providerMessageId: string | null }
  | { ok: false; next: Next; errorClass: string };

/**
 * Neither throws for what a provider answers; each ends within `SEND_TIMEOUT_MS`. `atOnce`: so many are sent side by side, each at once and
 * without a queue of the provider's own, in which a message would grow stale.
 */
export type MailProvider = {
  name: string;
  atOnce: number;
  send(mail: OutgoingMail): Promise<SendOutcome>;
  close(): void;
};
export type SmsProvider = { name: string; atOnce: number; send(sms: OutgoingSms): Promise<SendOutcome> };

export const SEND_TIMEOUT_MS = 20_000;

/** How many short messages a service takes side by side. */
export const SMS_AT_ONCE = 25;

/** Why nothing goes to an address any more, in words that staff are shown. */
export const NO_SUCH_ADDRESS = "no_such_address";
export const STOPPED = "switched_off";

export const sent = (providerMessageId: string | null = null): SendOutcome => ({ ok: true, providerMessageId });
const refused =
  (next: Next) =>
  (errorClass: string): SendOutcome => ({ ok: false, next, errorClass });
export const retryLater = refused("retry");
export const holdBack = refused("hold");
export const giveUp = refused("give_up");
export const suppressed = (): SendOutcome => ({ ok: false, next: "suppress", errorClass: NO_SUCH_ADDRESS });
export const stopped = (): SendOutcome => ({ ok: false, next: "stop", errorClass: STOPPED });
