import { endAll, endOnSignals } from "./services/child";
import { runVitest, summarise } from "./services/suites";

// What docs/security.md tells of, in its long forms. Two have scripts of their own: the browser's part is `npm test -- --only e2e doors hostile privacy.e2e second-factor`,
// and messages under faults are `npm run test:faults`.
const LONG = {
  /** 1,000 known and 1,000 unknown addresses. */
  SECURITY_LONG: "true",
  FUZZ_REQUESTS: process.env.FUZZ_REQUESTS ?? "100000",
  FUZZ_SEED: process.env.FUZZ_SEED ?? String(Date.now() % 2 ** 31),
};
const FILES = [
  ...["tests/security", "tests/api", "tests/database", "tests/faults/tls", "tests/faults/faults", "proxy.test"],
  ...["lib/accounts", "lib/audit", "lib/records", "lib/protection", "lib/privacy", "lib/platform"],
  ...["lib/appointments", "lib/notifications", "scripts/dependency-floors", "scripts/doctor", "scripts/permissions"],
];

endOnSignals();
console.log(`FUZZ_SEED=${LONG.FUZZ_SEED}`);
process.exitCode = summarise([
  await runVitest("unit", FILES),
  await runVitest("db", FILES, LONG),
  await runVitest("svc", FILES),
]);
await endAll();
