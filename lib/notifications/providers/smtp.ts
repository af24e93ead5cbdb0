import nodemailer from "nodemailer";
import type { Env } from "@/lib/platform/env";
import { authorityIn } from "@/lib/platform/tls";
import { toNodemailer } from "./mime";
import {
  giveUp,
  holdBack,
  type MailProvider,
  retryLater,
  SEND_TIMEOUT_MS,
  type SendOutcome,
  sent,
  suppressed,
} from "./provider";

export type SmtpSettings = { url: string } & Partial<
  Pick<
    Env,
    | "SMTP_TLS"
    | "SMTP_CA_FILE"
    | "SMTP_AUTH"
    | "SMTP_OAUTH_CLIENT_ID"
    | "SMTP_OAUTH_CLIENT_SECRET"
    | "SMTP_OAUTH_REFRESH_TOKEN"
    | "SMTP_OAUTH_TOKEN_URL"
  >
>;

/** What nodemailer makes a connection of: encryption, and how we say who we are. */
export function smtpOptions(settings: SmtpSettings) {
  const { url, SMTP_TLS: tls, SMTP_AUTH: method } = settings;
  const address = new URL(url);
  const encryption = {
    ...(tls === "required" ? { requireTLS: true } : {}),
    ...(tls === "none" ? { ignoreTLS: true } : {}),
    ...(settings.SMTP_CA_FILE ? { tls: { ca: authorityIn(settings.SMTP_CA_FILE) } } : {}),
  };
  if (method !== "oauth2") return { url, ...encryption, ...(method ? { authMethod: method.toUpperCase() } : {}) };
  const auth = {
    type: "OAuth2" as const,
    user: decodeURIComponent(address.username),
    clientId: settings.SMTP_OAUTH_CLIENT_ID ?? "",
    clientSecret: settings.SMTP_OAUTH_CLIENT_SECRET ?? "",
    refreshToken: settings.SMTP_OAUTH_REFRESH_TOKEN ?? "",
    ...(settings.SMTP_OAUTH_TOKEN_URL ? { accessUrl: settings.SMTP_OAUTH_TOKEN_URL } : {}),
  };
  // Credentials in the address would be taken before these.
  address.username = "";
  address.password = "";
  return { url: address.href, ...encryption, auth };
}

/** Few servers like more of one client. */
const CONNECTIONS = 2;

/** Mail through an SMTP server (`smtp://user:password@host:587`, `smtps://…`), over at most two connections that are kept. */
export function smtpMail(settings: SmtpSettings): MailProvider {
  const transport = nodemailer.createTransport({
    ...smtpOptions(settings),
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    dnsTimeout: 5_000,
    socketTimeout: SEND_TIMEOUT_MS,
  });
  return {
    name: "smtp",
    atOnce: CONNECTIONS,
    async send(mail) {
      try {
        const { messageId } = await within(SEND_TIMEOUT_MS, transport.sendMail(toNodemailer(mail)));
        return sent(messageId);
      } catch (error) {
        return classifySmtp(error);
      }
    },
    close: () => transport.close(),
  };
}

type SmtpError = { code?: string; originalCode?: string; responseCode?: number; command?: string; response?: string };

/** nodemailer's own codes for refused credentials, a token that cannot be had, and encryption that cannot be agreed on. */
const OUR_FAULT = new Set(["EAUTH", "ENOAUTH", "EOAUTH2", "ETLS", "EREQUIRETLS", "ECONFIG"]);
/** Node's codes for a certificate that nobody we know has signed, that has ended, or that has another name. */
const CERTIFICATE = /CERT|UNABLE_TO_VERIFY/;
/** RFC 4954: sign-in needed, too weak, refused, or only over TLS. */
const SIGN_IN_CODES = new Set([530, 534, 535, 538]);
/** The recipient's address in RFC 3463: no such mailbox, domain or syntax, moved, no MX. 5.1.7 and 5.1.8 speak of the sender. */
const NO_SUCH_MAILBOX = /^5\d\d[ -]5\.1\.(?:1|2|3|6|10)\b/;

/**
 * 5yz is a no for good (RFC 5321, 4.2.1), but only where it speaks of this mail: refused credentials, a refused sender or a
 * certificate that cannot be verified are ours to mend, and the mail waits for that.
 */
export function classifySmtp(error: unknown): SendOutcome {
  const { code = "unknown", originalCode = "", responseCode = 0, command = "", response = "" } = error as SmtpError;
  const errorClass = responseCode ? `smtp_${responseCode}` : `smtp_${code.toLowerCase()}`;
  if (CERTIFICATE.test(originalCode)) return holdBack("smtp_certificate");
  if (OUR_FAULT.has(code) || SIGN_IN_CODES.has(responseCode)) return holdBack(errorClass);
  if (command === "MAIL FROM" && responseCode >= 500) return holdBack(errorClass);
  if (code === "EENVELOPE" && !responseCode) return giveUp("invalid_address");
  const isAboutMail = code === "EENVELOPE" || code === "EMESSAGE" || command === "RCPT TO" || command === "DATA";
  if (responseCode < 500 || !isAboutMail) return retryLater(errorClass);
  return command === "RCPT TO" && NO_SUCH_MAILBOX.test(response) ? suppressed() : giveUp(errorClass);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" })), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
