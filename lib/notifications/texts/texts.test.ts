import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smsSegments } from "../sms-text";
import { speech } from "../translator";
import { MAX_PARTS, partsFault, smsOf, textFaults } from "./check-text";
import { fill, namesIn } from "./fill";
import { longestValues } from "./longest-values";
import { PLACEHOLDERS, TEXT_KINDS, type TextKind, type TextKindName, textSpec } from "./text-kinds";

const specOf = (kind: TextKindName, channel: "email" | "sms") => {
  const spec = textSpec(kind, channel);
  if (!spec) throw new Error("no such text");
  return spec;
};
const sms = specOf("appointment.reminder", "sms");
const mail = specOf("appointment.booked", "email");
const codes = (words: { subject: string | null; body: string }, spec = mail) =>
  textFaults(spec, words).map(({ path, code, names }) => [path, code, ...(names ?? [])].join(" "));
const known = {
  locale: "en",
  appUrl: "https://clinic.example.org",
  clinic: "Harbor Clinic",
  places: ["Harbor Street"],
};
const longest = longestValues({ ...known, kind: "appointment.reminder" });

describe("what may be written", () => {
  it.each([
    ["See you {when}: {link}", []],
    ["See you: {link}", ["body missing_placeholder when"]],
    ["See you", ["body missing_placeholder when link"]],
    ["{when} {link} for {service}", ["body unknown_placeholder service"]],
    ["{when} {link} of {patient}", ["body unknown_placeholder patient"]],
    ["{when} {link} }", ["body stray_brace"]],
    ["{when} {link} {Doctor}", ["body stray_brace"]],
    ["{when} {link} \u0007", ["body control_character"]],
    ["{when} {link} \u202etxt", ["body control_character"]],
    [" ", ["body required"]],
    [`{when} {link} ${"a".repeat(400)}`, ["body too_long"]],
  ])("judges the short message %j", (body, faults) => {
    expect(codes({ subject: null, body }, sms)).toEqual(faults);
  });

  it.each([
    ["Your appointment", "Hello {patient},\n\nsee you {when}.", []],
    ["", "Hello", ["subject required"]],
    ["Two\nBcc: somebody@example.test", "Hello", ["subject control_character"]],
    ["Hello {patient}", "Hello", ["subject unknown_placeholder patient"]],
    ["a".repeat(121), "Hello", ["subject too_long"]],
    ["Hello", "a".repeat(2_001), ["body too_long"]],
  ])("judges a mail of %j", (subject, body, faults) => {
    expect(codes({ subject, body })).toEqual(faults);
  });

  it("counts the parts of a short message with the longest values, in both alphabets", () => {
    const body = (text: string) => partsFault(`${text}{when} {link}`, longest);
    expect(body("a".repeat(180))).toEqual([]);
    expect(body("a".repeat(250))).toEqual([{ path: "body", code: "too_many_parts" }]);
    expect(body("ж".repeat(20))).toEqual([]);
    expect(body("ж".repeat(80))).toEqual([{ path: "body", code: "too_many_parts" }]);
  });
});

it("finds nothing wrong with our own words, and never names what a visit is about", () => {
  const { raw } = speech("en", "UTC");
  for (const [kind, channels] of Object.entries(TEXT_KINDS as Record<string, TextKind>))
    for (const [channel, spec] of Object.entries(channels)) {
      const words = { subject: spec.subject ? raw(spec.subject.key) : null, body: raw(spec.body.key) };
      expect([kind, channel, textFaults(spec, words)]).toEqual([kind, channel, []]);
      if (channel === "sms")
        expect([kind, partsFault(words.body, longestValues({ ...known, kind }))]).toEqual([kind, []]);
    }
  expect(PLACEHOLDERS.join()).not.toMatch(/service|specialty|reason|diagnos/);
});

it("keeps all our short messages and answers within two parts, with the longest names and in the other alphabet", () => {
  const { raw } = speech("en", "UTC");
  const names = ["x".repeat(200), "Поликлиника ".repeat(16)];
  const appUrl = `https://${"a".repeat(25)}.example.org`;
  const valuesFor = (kind: string) =>
    names.flatMap((clinic) => longestValues({ kind, locale: "en", appUrl, clinic, places: names }));
  const all = Object.entries(TEXT_KINDS as Record<string, TextKind>).filter(([, { sms: spec }]) => spec);
  expect(all.filter(([kind]) => kind.startsWith("reply."))).not.toHaveLength(0);
  for (const [kind, { sms: spec }] of all)
    expect([kind, partsFault(raw(spec?.body.key ?? ""), valuesFor(kind))]).toEqual([kind, []]);
});

describe("for any words", () => {
  const words = fc.string({ unit: "grapheme", maxLength: 80 });
  const name = fc.constantFrom(...PLACEHOLDERS);

  it("puts each value in once and never reads a value as a placeholder", () => {
    fc.assert(
      fc.property(words, name, words, (before, one, after) => {
        const text = `${before.replace(/[{}]/g, "")}{${one}}${after.replace(/[{}]/g, "")}`;
        const value = "{link} {patient} $& $1";
        expect(fill(text, { [one]: value })).toBe(text.split(`{${one}}`).join(value));
        expect(namesIn(text)).toEqual({ names: [one], hasStray: false });
      }),
    );
  });

  it("leaves no brace in what passed, once all its values are there", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("{", "}", "when", "link", "a", " "), maxLength: 12 }), (body) => {
        const faults = textFaults(sms, { subject: null, body });
        if (faults.length === 0) expect(fill(body, { when: "now", link: "x" })).not.toMatch(/[{}]/);
      }),
    );
  });

  it("keeps what passed within two parts, however long a place's name is", () => {
    fc.assert(
      fc.property(words, words, (written, place) => {
        const body = `${written.replace(/[{}]/g, "")} {when} {place} {link}`;
        if (partsFault(body, longest).length > 0) return;
        for (const values of longest) {
          const text = smsOf(body, { ...values, place });
          // Of another alphabet than what was tried; cut to nothing it is the written text again.
          expect(smsSegments(text)).toBeLessThanOrEqual(MAX_PARTS);
        }
      }),
    );
  });
});
