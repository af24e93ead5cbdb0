import { z } from "zod";
import { locales } from "@/lib/platform/messages";
import { MAX_MAIL_BODY, MAX_SUBJECT } from "./check-text";

/** How line ends are sent by browsers. */
const words = z.string().transform((text) => text.replaceAll("\r\n", "\n").trim());

export const textName = z.strictObject({
  kind: z.string().min(1).max(100),
  channel: z.enum(["email", "sms"]),
  locale: z.enum(locales),
});
/** Lengths here only bound the work; what is right is judged by the text's own rules. */
export const writtenText = textName.extend({
  subject: words.pipe(z.string().max(MAX_SUBJECT * 2)).optional(),
  body: words.pipe(z.string().max(MAX_MAIL_BODY * 2)).default(""),
});
export const saveTextInput = writtenText.extend({
  /** The version that was seen; none where there were no words of the clinic's yet. */
  expectedVersion: z.coerce.number().int().min(1).optional(),
});

export const trySmsInput = textName.extend({ channel: z.literal("sms"), to: z.string().trim().min(1).max(40) });

export type TextNameInput = z.infer<typeof textName>;
export type WrittenText = z.infer<typeof writtenText>;
export type TrySmsInput = z.infer<typeof trySmsInput>;
export type SaveTextInput = z.infer<typeof saveTextInput>;
