import { COMMON_PASSWORDS } from "./common-passwords";
import { isListedPassword } from "./password-list";

/** NIST SP 800-63B-4, 3.1.1.2: 15 characters where a password is all there is, 8 beside a second factor; no rules of composition. */
export const MIN_PASSWORD = 15;
export const MIN_PASSWORD_WITH_SECOND_FACTOR = 8;
export const MAX_PASSWORD = 256;

export type PasswordReason = "password_too_short" | "password_too_long" | "password_too_common" | "password_about_you";
type Judged = { password: string; hasSecondFactor?: boolean; about?: readonly (string | null | undefined)[] };

const RUNS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
  "1q2w3e4r5t6y7u8i9o0p",
];
const ALL_RUNS = RUNS.flatMap((run) => [run, [...run].reverse().join("")]).map((run) => run.repeat(4));

const LEET: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};
const plain = (text: string) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@$!]/gu, "");
const unleet = (text: string) => text.replace(/[013457@$!]/g, (sign) => LEET[sign] ?? sign);
const trimmed = (text: string) => text.replace(/^[\d@$!]+|[\d@$!]+$/g, "");

/** The shortest piece that makes `text` by being repeated: "abcabcab" is made of "abc". */
function period(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const piece = text.slice(0, length);
    if (piece.repeat(Math.ceil(text.length / length)).startsWith(text)) return piece;
  }
  return text;
}

/** Whether `text` is nothing but `words` one after another; the short ones count only as the whole of it. */
function onlyWords(text: string, words: ReadonlySet<string>): boolean {
  if (text === "" || words.has(text)) return true;
  const reachable = new Set([0]);
  for (let end = 5; end <= text.length; end += 1) {
    for (const start of reachable) if (end - start >= 5 && words.has(text.slice(start, end))) reachable.add(end);
  }
  return reachable.has(text.length);
}

/** What is left of a password without its trimmings is only judged by the list where it is most of it. */
const LISTED_FORM = 8;

/** A run of the alphabet or the keyboard, or one short thing over and over. */
const isPattern = (text: string) =>
  ALL_RUNS.some((run) => run.includes(text)) || period(text).length <= 3 || new Set(text).size <= 3;

/** The ways in which a password may hide a common word. */
const bareForms = (password: string) => {
  const text = plain(password);
  return [text, trimmed(text), unleet(text), unleet(trimmed(text)), trimmed(unleet(text))].map((form) => period(form));
};

function personalWords(about: readonly (string | null | undefined)[]): Set<string> {
  const parts = about.flatMap((text) => (text ? [text, ...text.split(/[@.\s_-]+/)] : []));
  return new Set(["slotwell", "slotwellclinic", ...parts.map(plain)].filter((word) => word.length >= 4));
}

/** Why a password is refused; null where it may be used. `about`: the e-mail address, names. Length is in characters. */
export function judgePassword({ password, hasSecondFactor = false, about = [] }: Judged): PasswordReason | null {
  const length = [...password.normalize("NFKC")].length;
  if (length < (hasSecondFactor ? MIN_PASSWORD_WITH_SECOND_FACTOR : MIN_PASSWORD)) return "password_too_short";
  if (length > MAX_PASSWORD) return "password_too_long";
  const forms = bareForms(password);
  if (isPattern(password.toLowerCase()) || forms.some((form) => isPattern(form) || onlyWords(form, COMMON_PASSWORDS)))
    return "password_too_common";
  const personal = personalWords(about);
  const both = new Set([...COMMON_PASSWORDS, ...personal]);
  if (forms.some((form) => onlyWords(form, both))) return "password_about_you";
  const tried = [password.normalize("NFKC").toLowerCase(), ...forms.filter((form) => form.length >= LISTED_FORM)];
  return tried.some(isListedPassword) ? "password_too_common" : null;
}
