import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

// What must not come back: versions with holes that are known, wherever they lie in the tree. Offline, from package-lock.json, so that every
// `npm run check` holds it; new advisories come in through `npm audit` and are written down here.

/** The oldest version without the hole. */
const FLOORS: Record<string, [version: string, why: string]> = {
  next: [
    "16.0.10",
    "CVE-2025-29927 (checks in middleware skipped), CVE-2025-66478 and CVE-2025-55184 (server functions)",
  ],
  "react-dom": ["19.2.3", "CVE-2025-55182, CVE-2025-55184 (server functions)"],
  "next-auth": ["4.24.12", "CVE-2023-48309 (forged identity), GHSA-5jpx-9hw9-2fx4 (mail to another address)"],
  nodemailer: ["7.0.7", "CVE-2025-13033 (mail to another domain)"],
  jose: ["4.15.5", "CVE-2024-28176 (compressed tokens exhaust memory)"],
  "csv-parse": ["4.4.6", "CVE-2019-17592 (regular expression without end)"],
  diff: ["8.0.3", "GHSA-73rr-hh4g-fpgx (endless parsing)"],
  vitest: ["3.0.5", "CVE-2025-24964 (any site runs code through its server)"],
  "@playwright/test": ["1.55.1", "CVE-2025-59288 (browsers fetched without verification)"],
};
/** Pinned for another reason. */
const EXACTLY: Record<string, [version: string, why: string]> = {
  "@upstash/ratelimit": ["2.0.8", "2.1 and later fail on a real Redis, and a limiter that fails lets everything pass"],
};

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, { version?: string }>;
};
/** Every copy in the tree, also those that another package brings along. */
const copiesOf = (name: string) =>
  Object.entries(lock.packages).flatMap(([place, { version }]) =>
    version && (place === `node_modules/${name}` || place.endsWith(`/node_modules/${name}`)) ? [version] : [],
  );

/** Whether `version` comes before `floor`; a pre-release of the floor does, too. */
function isBefore(version: string, floor: string): boolean {
  const numbers = (text: string) => text.split("-")[0]?.split(".").map(Number) ?? [];
  const [ours, least] = [numbers(version), numbers(floor)];
  for (const [index, part] of least.entries()) if (ours[index] !== part) return (ours[index] ?? 0) < part;
  return version.includes("-");
}

it("compares versions as npm does", () => {
  const before = (one: string) => isBefore(one, "16.0.10");
  expect(["15.9.9", "16.0.9", "16.0.10-canary.1"].map(before)).toEqual([true, true, true]);
  expect(["16.0.10", "16.0.11-canary.1", "16.1.0", "17.0.0"].map(before)).toEqual([false, false, false, false]);
});

it.each(Object.entries(FLOORS))("%s has no version with a known hole", (name, [floor, why]) => {
  const copies = copiesOf(name);
  expect(copies.length, `${name} is not installed any more: take it from this list`).toBeGreaterThan(0);
  expect(
    copies.filter((version) => isBefore(version, floor)),
    why,
  ).toEqual([]);
});

it.each(Object.entries(EXACTLY))("%s is what it has to be", (name, [version, why]) => {
  expect(copiesOf(name), why).toEqual([version]);
});
