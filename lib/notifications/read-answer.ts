import { locales, messagesOf } from "@/lib/platform/messages";

export type Meaning = "confirm" | "cancel" | "move" | "stop" | "start" | "help" | "text";
const MEANINGS = ["stop", "start", "help", "confirm", "cancel", "move"] as const;

/** What carriers everywhere take for an end, a beginning and a question, whatever the language (CTIA messaging principles, 5.1). */
const EVERYWHERE: Partial<Record<Meaning, string>> = {
  stop: "stop stopall unsubscribe end quit optout revoke",
  start: "start unstop subscribe optin",
  help: "help info",
  confirm: "1",
  cancel: "2",
  move: "3",
};

/** Letters without case and accents, without what surrounds them: "¡SÍ!" is "si". */
const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")
    .replace(/[\s\p{P}]+/gu, " ");

let known: Map<string, Meaning> | undefined;

function words(): Map<string, Meaning> {
  if (known) return known;
  known = new Map();
  for (const locale of locales) {
    const { answers } = messagesOf(locale).notifications as { answers: Record<string, string> };
    for (const meaning of MEANINGS)
      for (const word of `${EVERYWHERE[meaning] ?? ""} ${answers[meaning] ?? ""}`.split(/\s+/))
        if (word && !known.has(plain(word))) known.set(plain(word), meaning);
  }
  return known;
}

/** What an answer means, in any of the languages offered. Only a word that stands alone counts: all else is for somebody to read. */
export const readAnswer = (body: string): Meaning => words().get(plain(body).replaceAll(" ", "")) ?? "text";
