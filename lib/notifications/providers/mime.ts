import type { SendMailOptions } from "nodemailer";
import type { OutgoingMail } from "./provider";

/**
 * The mail as nodemailer takes it. The Message-ID (RFC 5322, 3.6.4) is made of the ledger's id, so that a mail sent twice after a crash
 * is one mail to every server that drops duplicates; SMTP itself promises nothing.
 */
export function toNodemailer({ id, from, to, subject, text, html, calendar }: OutgoingMail): SendMailOptions {
  const domain = /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? "localhost";
  return {
    from,
    to,
    subject,
    text,
    html,
    messageId: `<${id}@${domain}>`,
    headers: { "Auto-Submitted": "auto-generated", "X-Slotwell-Notification": id },
    ...(calendar
      ? { icalEvent: { method: calendar.method, content: calendar.content, filename: "appointment.ics" } }
      : {}),
    // A template must never be able to pull a file or an address into a mail.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
