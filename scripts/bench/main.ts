import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { connect } from "@/db/client";
import { migrate } from "@/db/migrate";
import { atEnd, endAll, endOnSignals } from "@/scripts/services/child";
import { startPostgres } from "@/scripts/services/postgres";
import { step } from "@/scripts/services/progress";
import { run as audit } from "./audit";
import { type Bench, type BenchRow, isMet } from "./bench";
import { run as booking } from "./booking";
import { type BenchData, ensureDataSet } from "./data-set";
import { run as messages } from "./messages";
import { run as pages } from "./pages";
import { run as slots } from "./slots";
import { run as web } from "./web";

// `npm run bench [-- slots ...]`: on a PostgreSQL of its own, whose data set is kept in .data/bench for the next run.

const BENCHES: Record<string, Bench> = { slots, booking, audit, messages, web, pages };
/** These fill databases of their own and leave the data set alone. */
const SELF_CONTAINED = ["audit", "messages"];
const NO_DATA: BenchData = { serviceId: "", doctorIds: [], patientIds: [], locationIds: [] };
const FOLDER = path.resolve(".data/bench");
const CONNECTIONS = 8;

const round = (value: number) => Number(value.toPrecision(3));

function report(rows: readonly BenchRow[]) {
  const cells = rows.map((row) => ({
    area: row.area,
    what: row.name,
    measured: `${round(row.value)} ${row.unit}`,
    against: row.bare ? `${round(row.bare.value)} ${row.unit} ${row.bare.name}` : "",
    ratio: row.ratio === undefined ? "" : round(row.ratio),
    target: row.target ? `at ${row.target.at} ${row.target.ratio}` : "",
    met: row.target ? (isMet(row) ? "yes" : "NO") : "",
  }));
  console.table(cells);
}

function keep(rows: readonly BenchRow[]) {
  mkdirSync(FOLDER, { recursive: true });
  const at = new Date().toISOString();
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model };
  const file = path.join(FOLDER, `bench-${at.replaceAll(":", "-")}.json`);
  writeFileSync(file, `${JSON.stringify({ at, machine, rows }, null, 2)}\n`);
  console.log(`Written to ${path.relative(process.cwd(), file)}`);
}

async function exists(url: string, database: string) {
  const admin = postgres(url, { max: 1 });
  try {
    return (await admin`select from pg_database where datname = ${database}`).length > 0;
  } finally {
    await admin.end();
  }
}

async function main(asked: readonly string[]) {
  const unknown = asked.filter((name) => !(name in BENCHES));
  if (unknown.length > 0)
    throw new Error(`no benchmark ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}`);

  endOnSignals();
  const server = await step("PostgreSQL", () =>
    startPostgres({ dataDir: path.join(FOLDER, "postgres"), password: "bench" }),
  );
  atEnd(() => server.stop());
  if (!(await exists(server.url(), "bench"))) await server.createDatabase("bench");
  const url = server.url("bench");
  await step("Migrations", () => migrate(url));
  const owner = postgres(url, { max: CONNECTIONS, onnotice: () => undefined, connection: { TimeZone: "UTC" } });
  const isSelfContained = asked.length > 0 && asked.every((name) => SELF_CONTAINED.includes(name));
  const data = isSelfContained
    ? NO_DATA
    : await step("Data set (a million visits, the first time)", () => ensureDataSet(owner));
  // Read once, by the first verb that asks for a limit or a secret.
  const secrets = { AUTH_SECRET: "bench".repeat(8) };
  Object.assign(process.env, secrets, { DATABASE_URL: url, BOOKINGS_PER_DAY: "1000000", NODE_ENV: "production" });
  const db = connect(url, { max: CONNECTIONS, name: "slotwell-bench", statementTimeoutMs: 60_000 });

  const rows: BenchRow[] = [];
  try {
    for (const [name, bench] of Object.entries(BENCHES)) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      rows.push(...(await step(name, () => bench({ db, owner, url, data }))));
    }
  } finally {
    report(rows);
    keep(rows);
  }
  await Promise.all([db.close(), owner.end({ timeout: 5 })]);
}

try {
  await main(process.argv.slice(2));
} finally {
  await endAll();
}
