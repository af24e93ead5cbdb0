import { createHmac } from "node:crypto";
import type { DataKey } from "./seal";

// What sealed identifiers are found by: HMAC-SHA-256 of the normalised value under an index key, cut to 96 bits. Without the key nothing can be
// tried out on it; what it shows is which rows hold the same value.

const TOKEN_BYTES = 12;
/** Fewer digits would say nothing, and every patient of a street would share them. */
export const FEWEST_DIGITS = 4;

type Kind = "email" | "mailbox" | "digits" | "record" | "external";

/** One way to write an address: letters' case and full-width forms make no other one (RFC 5321 would let them; no provider does). */
export const normalEmail = (email: string) => email.normalize("NFKC").trim().toLowerCase();

const token = (key: DataKey, kind: Kind, value: string) =>
  createHmac("sha256", key.key).update(`${kind}|${value}`).digest().toString("base64url", 0, TOKEN_BYTES);

/** The whole address, and what stands before its @. */
export function emailTokens(key: DataKey, email: string): string[] {
  const whole = normalEmail(email);
  return [token(key, "email", whole), token(key, "mailbox", whole.slice(0, whole.lastIndexOf("@")))];
}

/** Every end of the number from four digits on, so that it is found with and without its country's or town's code. */
export function phoneTokens(key: DataKey, phone: string): string[] {
  const digits = phone.replace(/\D/g, "");
  const ends = Array.from({ length: Math.max(0, digits.length - FEWEST_DIGITS + 1) }, (_, at) => digits.slice(at));
  return ends.map((end) => token(key, "digits", end));
}

export const recordToken = (key: DataKey, recordNumber: string) => token(key, "record", recordNumber.toUpperCase());
export const externalToken = (key: DataKey, externalId: string) => token(key, "external", externalId);
export const digitsToken = (key: DataKey, digits: string) => token(key, "digits", digits);

/** Of "ana@clinic.test" the whole, of "ana@" all whose address begins so. */
export function mailToken(key: DataKey, mail: string): string {
  const whole = normalEmail(mail);
  return whole.endsWith("@") ? token(key, "mailbox", whole.slice(0, -1)) : token(key, "email", whole);
}
