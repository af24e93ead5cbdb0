import type { Db } from "@/db/client";
import { messageTemplates } from "@/db/schema";
import { keptReading } from "@/lib/platform/kept-reading";
import { log } from "@/lib/platform/logger";
import { smsSegments } from "../sms-text";
import { speech } from "../translator";
import { MAX_PARTS, smsOf, textFaults, type Words } from "./check-text";
import { fill } from "./fill";
import { type TextName, type TextSpec, textAddress, textNamed, textSpec, type Values } from "./text-kinds";

/** The clinic's own words, by address. */
export type MessageTexts = ReadonlyMap<string, Words>;

const reading = keptReading(readTexts);
/** What the clinic has written, at most three seconds old. */
export const messageTexts = reading.get;
export const forgetTexts = reading.forget;

async function readTexts(db: Db): Promise<MessageTexts> {
  const { kind, channel, locale, subject, body } = messageTemplates;
  const rows = await db.orm.select({ kind, channel, locale, subject, body }).from(messageTemplates);
  return new Map(rows.map((row) => [textAddress(row), { subject: row.subject, body: row.body }]));
}

function specOf({ kind, channel }: TextName): TextSpec {
  const spec = textSpec(kind, channel);
  if (!spec) throw new Error("no such text");
  return spec;
}

/** The product's own words, with their placeholders. Throws for a message that has none. */
export function builtInWords(name: TextName): Words {
  const { subject, body } = specOf(name);
  const { raw } = speech(name.locale, "UTC");
  return { subject: subject ? raw(subject.key) : null, body: raw(body.key) };
}

const notUsed = ({ kind, channel }: TextName, errorClass: string) =>
  log.warn("the clinic's text is not used", { topic: kind, channel, errorClass });

/** The clinic's words where there are any that may be sent; a rule or a placeholder may have changed since they were written. */
function wordsFor(texts: MessageTexts, name: TextName): Words {
  const own = texts.get(textAddress(name));
  if (!own) return builtInWords(name);
  const [fault] = textFaults(specOf(name), own);
  if (!fault) return own;
  notUsed(name, fault.code);
  return builtInWords(name);
}

/** Subject and body of a mail, filled in. */
export function mailWords(texts: MessageTexts, name: TextName, values: Values): { subject: string; body: string } {
  const { subject, body } = wordsFor(texts, name);
  return { subject: fill(subject ?? "", values), body: fill(body, values) };
}

/** A short message, filled in. What takes more than two parts with these values is said in our own words. */
export function smsWords(texts: MessageTexts, name: TextName, values: Values): string {
  const text = smsOf(wordsFor(texts, name).body, values).trim();
  if (smsSegments(text) <= MAX_PARTS || !texts.has(textAddress(name))) return text;
  notUsed(name, "too_many_parts");
  return smsOf(builtInWords(name).body, values).trim();
}

/** How many of the clinic's texts are not used. */
export function countUnused(texts: MessageTexts): number {
  return [...texts].filter(([address, words]) => {
    const name = textNamed(address);
    return !name || textFaults(specOf(name), words).length > 0;
  }).length;
}
