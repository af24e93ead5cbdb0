import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { readMail } from "./read-mail";

/** A message that was written as a file, as the preview page shows it. */
export type MessageFile = {
  id: string;
  channel: "email" | "sms";
  to: string;
  /** null for a short message. */
  subject: string | null;
  text: string;
  /** The calendar entry that is attached, as iCalendar. */
  calendar: string | null;
  /** When the file was written. */
  at: Date;
};

type Found = { file: string; id: string; channel: MessageFile["channel"]; at: Date };

async function filesIn(folder: string, extension: string, channel: MessageFile["channel"]): Promise<Found[]> {
  const names = await readdir(folder).catch(() => []);
  const wanted = names.filter((name) => name.endsWith(extension) && !name.startsWith("."));
  const found = wanted.map(async (name) => {
    const file = path.join(folder, name);
    const info = await stat(file).catch(() => null);
    return info ? [{ file, id: name.slice(0, -extension.length), channel, at: info.mtime }] : [];
  });
  return (await Promise.all(found)).flat();
}

async function read({ file, id, channel, at }: Found): Promise<MessageFile[]> {
  const source = await readFile(file, "utf8").catch(() => null);
  if (source === null) return [];
  if (channel === "email") {
    const { to, subject, text, calendar } = readMail(source);
    return [{ id, channel, to, subject, text, calendar, at }];
  }
  const { to = "", body = "" } = JSON.parse(source) as { to?: string; body?: string };
  return [{ id, channel, to, subject: null, text: body, calendar: null, at }];
}

/** The newest messages that lie as files in the data folder, newest first. A file that goes meanwhile is left out. */
export async function listMessageFiles(dataDir: string, limit = 50): Promise<MessageFile[]> {
  const [mails, texts] = await Promise.all([
    filesIn(path.join(dataDir, "mail"), ".eml", "email"),
    filesIn(path.join(dataDir, "sms"), ".json", "sms"),
  ]);
  const newest = [...mails, ...texts].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
  return (await Promise.all(newest.map(read))).flat();
}
