import { runChecks } from "./services/checks";
import { endOnSignals } from "./services/child";
import { runVitest, summarise } from "./services/suites";

endOnSignals();
const checks = await runChecks();
const unit = await runVitest("unit", process.argv.slice(2));
process.exitCode = summarise([...checks, unit]);
