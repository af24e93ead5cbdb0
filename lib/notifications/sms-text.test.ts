import { expect, it } from "vitest";
import { fitSms, smsSegments, toPlain } from "./sms-text";

it.each([
  ["a".repeat(160), 1],
  ["a".repeat(161), 2],
  ["a".repeat(306), 2],
  ["a".repeat(307), 3],
  [`${"a".repeat(158)}€`, 1],
  [`${"a".repeat(159)}€`, 2],
  ["ж".repeat(70), 1],
  ["ж".repeat(71), 2],
  ["ж".repeat(135), 3],
])("counts the parts of %s", (text, parts) => {
  expect(smsSegments(text)).toBe(parts);
});

it("spells typographic characters plainly, so that they cost nothing", () => {
  expect(toPlain("5:30\u202fPM – Ana’s “visit”…")).toBe('5:30 PM - Ana\'s "visit"...');
});

it("cuts the place and never the rest, in any script", () => {
  const url = "https://clinic.example.org/visits/0198c0de-0000-7000-8000-000000000000";
  for (const place of ["Harbor Street", "x".repeat(500), "Поликлиника ".repeat(30)]) {
    const text = fitSms((fitted) => `Moved to Mon 5, 9:00, ${fitted}. Details: ${url}`, place);
    expect(smsSegments(text)).toBeLessThanOrEqual(2);
    expect(text.endsWith(url)).toBe(true);
  }
});
