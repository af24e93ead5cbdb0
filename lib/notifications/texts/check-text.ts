import { fitSms, smsSegments } from "../sms-text";
import { fill, namesIn } from "./fill";
import type { Placeholder, TextSpec, Values } from "./text-kinds";

export type Words = { subject: string | null; body: string };
/** `names`: the placeholders that it is about. */
export type TextFault = {
  path: "subject" | "body";
  code:
    | "unknown_placeholder"
    | "missing_placeholder"
    | "stray_brace"
    | "control_character"
    | "too_long"
    | "required"
    | "too_many_parts";
  names?: string[];
};

export const MAX_SUBJECT = 120;
export const MAX_MAIL_BODY = 2_000;
export const MAX_SMS_BODY = 400;
/** Parts of a short message at the most. */
export const MAX_PARTS = 2;

// Everything that steers instead of showing: C0 and C1 controls, bidi overrides and isolates, lone surrogates.
const STEERS = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;

function faultsOf(
  path: TextFault["path"],
  text: string,
  offers: readonly Placeholder[],
  needs: readonly Placeholder[],
  most: number,
): TextFault[] {
  const faults: TextFault[] = [];
  if (text.trim() === "") return [{ path, code: "required" }];
  // New lines are for the body of a mail alone: in a subject they would begin a header.
  const shown = path === "body" ? text.replaceAll("\n", "") : text;
  if (STEERS.test(shown)) faults.push({ path, code: "control_character" });
  const { names, hasStray } = namesIn(text);
  if (hasStray) faults.push({ path, code: "stray_brace" });
  const unknown = names.filter((name) => !offers.some((offered) => offered === name));
  if (unknown.length > 0) faults.push({ path, code: "unknown_placeholder", names: unknown });
  const missing = needs.filter((name) => !names.includes(name));
  if (missing.length > 0) faults.push({ path, code: "missing_placeholder", names: [...missing] });
  if ([...text].length > most) faults.push({ path, code: "too_long" });
  return faults;
}

/** What is wrong with a text by itself, whatever it is filled with; empty where it may be sent. */
export function textFaults(spec: TextSpec, { subject, body }: Words): TextFault[] {
  const most = spec.subject ? MAX_MAIL_BODY : MAX_SMS_BODY;
  return [
    ...(spec.subject ? faultsOf("subject", subject ?? "", spec.subject.offers, [], MAX_SUBJECT) : []),
    ...faultsOf("body", body, spec.body.offers, spec.body.needs, most),
  ];
}

/** A short message with its values, its place cut where two parts are not enough. */
export const smsOf = (body: string, values: Values): string =>
  fitSms((place) => fill(body, { ...values, place }), values.place ?? "");

/** The same, for the longest values that the clinic has: more than two parts are refused before anybody is sent them. */
export function partsFault(body: string, longest: readonly Values[]): TextFault[] {
  const isTooLong = longest.some((values) => smsSegments(smsOf(body, values)) > MAX_PARTS);
  return isTooLong ? [{ path: "body", code: "too_many_parts" }] : [];
}
