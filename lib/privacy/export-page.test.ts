import { createTranslator } from "next-intl";
import { expect, it } from "vitest";
import { z } from "zod";
import words from "@/messages/en/privacy.json";
import { exportPage } from "./export-page";
import { type PatientExport, patientExport } from "./export-view";

const t = createTranslator({ locale: "en", messages: { privacy: words } as never, namespace: "privacy.file" as never });
const reader = { t, locale: "en", direction: "ltr", timeZone: "Europe/Vienna", clinicName: "North & Sons" } as never;
const EVIL = `<script>alert(1)</script>"'&`;
const nothing = Object.fromEntries(
  Object.entries(patientExport.shape).flatMap(([key, schema]) => (schema instanceof z.ZodArray ? [[key, []]] : [])),
);
const data = {
  ...nothing,
  format: "slotwell-patient-export/1",
  madeAt: "2026-03-29T00:30:00.000Z",
  patient: { givenName: EVIL, familyName: "Berg", id: "0000-id", email: null },
  account: null,
  visits: [{ startsAt: "2026-03-29T01:30:00.000Z", reason: EVIL, history: [{ type: "appointment.booked" }] }],
  withheld: [{ reason: "draft", count: 2 }],
} as unknown as PatientExport;

it("is one file that fetches and runs nothing, whatever its texts hold", () => {
  const page = exportPage(data, reader, "aGFzaA==");
  expect(page).not.toMatch(/<script|<img|<link|src=|href=|url\(|@import/);
  expect(page).toContain("&#60;script&#62;");
  expect(page).toContain(`content="default-src 'none'; style-src 'sha256-aGFzaA=='"`);
  expect(page).not.toContain("0000-id");
  // At the reader's clock, on the night it jumps.
  expect(page).toContain("March 29, 2026 at 3:30");
  expect(page).toContain("Drafts that are not signed. (2)");
});

it("has a word for everything that an export can hold", () => {
  const missing = new Set<string>();
  const walk = (schema: z.ZodType): void => {
    if (schema instanceof z.ZodNullable || schema instanceof z.ZodArray) walk(schema.unwrap() as z.ZodType);
    const members = schema instanceof z.ZodObject ? schema.shape : {};
    for (const [key, inner] of Object.entries(members)) {
      if (/^id$|Ids?$|^(format|madeAt|withheld)$/.test(key)) continue;
      if (!t.has(`sections.${key}` as never) && !t.has(`labels.${key}` as never)) missing.add(key);
      if (key !== "doctor" && key !== "coding") walk(inner as z.ZodType);
    }
  };
  walk(patientExport);
  expect([...missing]).toEqual([]);
});
