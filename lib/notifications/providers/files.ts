import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import nodemailer from "nodemailer";
import { toNodemailer } from "./mime";
import { type MailProvider, type SmsProvider, sent } from "./provider";

const AT_ONCE = 10;

/** Whole or not at all: a reader never sees half a message. The ledger's id names the file, so sending twice leaves one. */
async function writeWhole(folder: string, name: string, content: string | Buffer): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, name);
  const part = path.join(folder, `.${name}.${randomUUID()}.part`);
  await writeFile(part, content);
  await rename(part, file);
}

/** Writes mails to `mail/*.eml` in the data folder: what a clinic has until it names an SMTP server. */
export function fileMail(dataDir: string): MailProvider {
  const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  const folder = path.join(dataDir, "mail");
  return {
    name: "files",
    atOnce: AT_ONCE,
    async send(mail) {
      const { message } = await composer.sendMail(toNodemailer(mail));
      await writeWhole(folder, `${mail.id}.eml`, message as Buffer);
      return sent();
    },
    close: () => composer.close(),
  };
}

/** Writes short messages to `sms/*.json` in the data folder: `{id, to, body, notificationId, at}`. */
export function fileSms(dataDir: string): SmsProvider {
  const folder = path.join(dataDir, "sms");
  return {
    name: "files",
    atOnce: AT_ONCE,
    async send({ id, to, body, at }) {
      const content = { id, to, body, notificationId: id, at: at.toISOString() };
      await writeWhole(folder, `${id}.json`, `${JSON.stringify(content, null, 2)}\n`);
      return sent();
    },
  };
}
