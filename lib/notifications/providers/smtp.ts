import nodemailer from "nodemailer";
import { toNodemailer } from "./mime";
import { giveUp, type MailProvider, retryLater, SEND_TIMEOUT_MS, type SendOutcome, sent } from "./provider";

/** Mail through an SMTP server (`smtp://user:password@host:587`, `smtps://…`), over at most two connections that are kept. */
export function smtpMail(url: string): MailProvider {
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    dnsTimeout: 5_000,
    socketTimeout: SEND_TIMEOUT_MS,
  });
  return {
    name: "smtp",
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

type SmtpError = { code?: string; responseCode?: number; command?: string };

/**
 * 5yz is a no for good (RFC 5321, 4.2.1), but only where it speaks of this mail: refused credentials or a refused greeting
 * are ours to mend, and the mail waits for that.
 */
export function classifySmtp(error: unknown): SendOutcome {
  const { code = "unknown", responseCode, command } = error as SmtpError;
  if (code === "EENVELOPE" && !responseCode) return giveUp("invalid_address");
  const isAboutMail = code === "EENVELOPE" || code === "EMESSAGE" || command === "RCPT TO" || command === "DATA";
  if (responseCode && responseCode >= 500 && isAboutMail) return giveUp(`smtp_${responseCode}`);
  return retryLater(responseCode ? `smtp_${responseCode}` : `smtp_${code.toLowerCase()}`);
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
