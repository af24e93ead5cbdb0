import { endAll, endOnSignals } from "./services/child";
import { runVitest, summarise } from "./services/suites";

// The long forms of tests/faults/messages.svc.test.ts and workers/worker.svc.test.ts. Any of these may be set, for a shorter or a longer run.
const LONG = {
  ...{ FAULT_REMINDERS: "10000", FAULT_KILLS: "100", FAULT_BROKER_RESTARTS: "10", FAULT_DATABASE_RESTARTS: "5" },
  ...{ FAULT_REDIS_FREEZES: "5", FAULT_RACES: "1000" },
  ...{ FAULT_AMONG: "1000", FAULT_BOOKED: "200", FAULT_OUTAGE_MS: "60000" },
};
endOnSignals();
process.exitCode = summarise([
  await runVitest("svc", ["tests/faults/messages", "workers/worker"], { ...LONG, ...process.env }),
]);
await endAll();
