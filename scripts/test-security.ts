import { endAll, endOnSignals } from "./services/child";
import { runVitest, summarise } from "./services/suites";

// What docs/security.md tells of, in its long forms; the browser's part is `npm test -- --only e2e doors hostile`.
const LONG = {
  /** 1,000 known and 1,000 unknown addresses. */
  SECURITY_LONG: "true",
  FUZZ_REQUESTS: process.env.FUZZ_REQUESTS ?? "100000",
  FUZZ_SEED: process.env.FUZZ_SEED ?? String(Date.now() % 2 ** 31),
};
const FILES = [
  "tests/security",
  "tests/api",
  "tests/database",
  "lib/accounts",
  "lib/audit",
  "lib/records",
  "lib/protection",
  "lib/platform",
];

endOnSignals();
console.log(`FUZZ_SEED=${LONG.FUZZ_SEED}`);
process.exitCode = summarise([
  await runVitest("unit", ["lib/platform", "lib/accounts"]),
  await runVitest("db", FILES, LONG),
]);
await endAll();
