import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { addressOf, pageDoors } from "@/tests/support/page-doors";

// Quick, and without a browser; tests/e2e/doors.e2e.ts knocks at them.

it("knows every page and handler, and what its address names", () => {
  const addresses = pageDoors().map((door) => addressOf(door, () => "x"));
  expect(addresses.length).toBeGreaterThan(80);
});

/** Helpers that ask who is there, and lead on or refuse. */
const ASKS =
  /\b(require\w+|readRecords?Page|readWhose|readVisit\w*|pageContext|sessionContext|ownDoctor|exportCsv\w*|exportAnswer|readVisitDetails)\(/;

it("has every page and handler behind a sign-in ask who it is by itself: a layout is not asked again when one goes from page to page", () => {
  const trusting = pageDoors().filter(
    ({ file, admitted }) => admitted !== "public" && !ASKS.test(readFileSync(file, "utf8")),
  );
  expect(trusting.map(({ file }) => file)).toEqual([]);
});
