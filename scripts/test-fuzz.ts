import { endAll, endOnSignals } from "./services/child";
import { runVitest, summarise } from "./services/suites";

// The long form of tests/security/fuzz.db.test.ts: other requests each time. FUZZ_SEED repeats a run, FUZZ_REQUESTS changes its length.
const { FUZZ_REQUESTS = "100000", FUZZ_SEED = String(Date.now() % 2 ** 31) } = process.env;
endOnSignals();
console.log(`FUZZ_SEED=${FUZZ_SEED} FUZZ_REQUESTS=${FUZZ_REQUESTS}`);
process.exitCode = summarise([await runVitest("db", ["tests/security/fuzz"], { FUZZ_REQUESTS, FUZZ_SEED })]);
await endAll();
