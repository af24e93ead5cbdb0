import { parseArgs } from "node:util";
import { ImportFault } from "@/lib/import/fault";
import { type ImportReport, type Progress, runImport } from "@/lib/import/run-import";
import { openDatabase } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { reasonOf } from "@/lib/platform/reason";

const USAGE = `Usage: npm run import -- FILE.csv --map MAP.json [--dry-run] [--rejected PATH]

  --map       says which columns hold what (see examples/vitoria.map.json)
  --dry-run   judges every row and writes nothing
  --rejected  where refused rows go; FILE.rejected.csv where absent`;
const CONCURRENCY = 6;
const EVERY_MS = 2_000;

function parse() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      map: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      rejected: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const [file, ...others] = positionals;
  if (values.help || !file || others.length > 0 || !values.map) return null;
  return { file, mapFile: values.map, isDryRun: values["dry-run"], rejectedFile: values.rejected };
}

/** At most a line every two seconds, so that a log stays readable. */
function progressPrinter() {
  let last = performance.now();
  return ({ phase, done, total }: Progress) => {
    if (performance.now() - last < EVERY_MS) return;
    last = performance.now();
    const share = total ? ` of ${total} (${Math.floor((100 * done) / total)} %)` : "";
    console.log(`  ${phase === "reading" ? "Read" : "Placed"} ${done} rows${share}`);
  };
}

function print(report: ImportReport, isDryRun: boolean, tookMs: number): void {
  const { rows, booked, already, refused, reasons, rejectedFile } = report;
  console.log(`${isDryRun ? "Dry run, nothing was written: " : ""}${rows} rows in ${(tookMs / 1000).toFixed(1)} s`);
  console.log(`  booked          ${booked}`);
  console.log(`  already there   ${already}`);
  console.log(`  refused         ${refused}`);
  for (const [code, count] of Object.entries(reasons)) console.log(`    ${code}: ${count}`);
  if (rejectedFile && refused > 0) console.log(`  refused rows are in ${rejectedFile}`);
}

/** Each row is a transaction: what is under way is taken back by the database, and what is placed is whole. */
function stopOnSignals() {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    process.once(signal, () => {
      console.error("Stopped. What is placed stays; run the same command again to bring in the rest.");
      process.exit(code);
    });
}

async function main(): Promise<number> {
  const options = parse();
  if (!options) {
    console.error(USAGE);
    return 2;
  }
  stopOnSignals();
  const db = openDatabase(env(), "operator", {
    max: CONCURRENCY + 1,
    name: "slotwell-import",
    statementTimeoutMs: 120_000,
    // A dry run is one long transaction.
    deadlineMs: Number.POSITIVE_INFINITY,
  });
  const since = performance.now();
  try {
    const report = await runImport(db, new Date(), {
      ...options,
      concurrency: CONCURRENCY,
      onProgress: progressPrinter(),
    });
    print(report, options.isDryRun, performance.now() - since);
    return 0;
  } finally {
    await db.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  // A fault names its place; anything else is ours, and its trace helps.
  console.error(error instanceof ImportFault ? String(error) : reasonOf(error));
  process.exitCode = 1;
}
