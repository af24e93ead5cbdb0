import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { connect } from "@/db/client";
import { closePlainColumns, migrate } from "@/db/migrate";
import { folderStorage } from "@/lib/platform/storage";
import { NEXT, REPO } from "./build-app";
import { type Child, type Environment, startChild } from "./child";
import { tailOf } from "./logs";
import { until } from "./ports";
import { type EmbeddedPostgres, startPostgres } from "./postgres";
import { step } from "./progress";

export type Mode = "demo" | "development";

type Secrets = { postgresPassword: string; authSecret: string; encryptionKey: string };

/** Secrets made once for this folder, readable by its owner only. */
function secretsIn(dataDir: string): Secrets {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const file = path.join(dataDir, "secrets.json");
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Partial<Secrets>) : {};
  if (known.encryptionKey) return known as Secrets;
  const secret = () => randomBytes(32).toString("hex");
  const encryptionKey = randomBytes(32).toString("base64");
  const made: Secrets = { postgresPassword: secret(), authSecret: secret(), encryptionKey, ...known };
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

/** The kept PostgreSQL of this folder. `fresh` throws away what it held. */
export async function keptPostgres(dataDir: string, fresh: boolean): Promise<EmbeddedPostgres> {
  // The seed runs in this process and seals with the key that web and worker will have.
  process.env.ENCRYPTION_KEYS = secretsIn(dataDir).encryptionKey;
  const options = { dataDir: path.join(dataDir, "postgres"), password: secretsIn(dataDir).postgresPassword };
  const server = await startPostgres(options);
  if (!fresh) return server;
  await server.dispose();
  // The anchors are of the database that goes: over a new one they would rightly say that everything is missing.
  rmSync(path.join(dataDir, "audit-anchors"), { recursive: true, force: true });
  return startPostgres(options);
}

const DATABASE = "slotwell";

/** The migrated database with its demo clinic in it; seeded once, from scratch if the last time was cut short. */
export async function demoDatabase(server: EmbeddedPostgres, dataDir: string): Promise<string> {
  const admin = postgres(server.url(), { max: 1, onnotice: () => undefined });
  try {
    const [known] =
      await admin`select shobj_description(oid, 'pg_database') as state from pg_database where datname = ${DATABASE}`;
    if (known && !known.state) await admin`drop database ${admin(DATABASE)} with (force)`;
    const url = server.url(DATABASE);
    if (known?.state) {
      await migrate(url);
      await sealed(url);
      return url;
    }
    await server.createDatabase(DATABASE);
    await step("Migrations", () => migrate(url));
    await step("Demo clinic", () => seed(url, dataDir));
    await sealed(url);
    // The mark is set last, so half a clinic is never taken for a whole one.
    await admin.unsafe(`comment on database ${DATABASE} is 'seeded ${new Date().toISOString()}'`);
    return url;
  } finally {
    await admin.end();
  }
}

/** A folder of an earlier version holds identifiers in plain. */
async function sealed(url: string): Promise<void> {
  const { sealWhatIsOpen } = await import("@/lib/protection/rotate-keys");
  const db = connect(url, { max: 2, name: "slotwell-seal" });
  try {
    await sealWhatIsOpen(db);
  } finally {
    await db.close();
  }
  await closePlainColumns(url);
}

async function seed(url: string, dataDir: string): Promise<void> {
  const { seedDemo } = await import("@/db/seed/main");
  const db = connect(url, { name: "slotwell-seed", statementTimeoutMs: 120_000 });
  try {
    await seedDemo(db, new Date(), { files: folderStorage(path.join(dataDir, "attachments")) });
  } finally {
    await db.close();
  }
}

export type Programs = { mode: Mode; dataDir: string; databaseUrl: string; port: number; host: string };

/** The environment of the web and the worker: ours, with what the demo decides laid over it. */
function programEnv({ mode, dataDir, databaseUrl, port, host }: Programs): Environment {
  return {
    RATE_LIMIT_READ_PER_MINUTE: "10000",
    RATE_LIMIT_WRITE_PER_MINUTE: "10000",
    BOOKINGS_PER_DAY: "10000",
    SIGN_UPS_PER_DAY: "10000",
    // Whoever tries the API here keeps a session for long.
    STEP_UP_MINUTES: "1440",
    ...process.env,
    NODE_ENV: mode === "demo" ? "production" : "development",
    SLOTWELL_MODE: mode,
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    HOST: host,
    APP_URL: process.env.APP_URL ?? `http://localhost:${port}`,
    DATA_DIR: dataDir,
    AUTH_SECRET: secretsIn(dataDir).authSecret,
    ENCRYPTION_KEYS: secretsIn(dataDir).encryptionKey,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** Starts the web and the worker; their words go to files in `logs`, or to the terminal in development. */
export async function startPrograms(programs: Programs): Promise<Child[]> {
  const { mode, dataDir, port, host } = programs;
  const env = programEnv(programs);
  const start = (name: string, args: string[]) =>
    startChild({ name, command: process.execPath, args, cwd: REPO, env, stdio: output(mode, dataDir, name) });
  const web = ["--import", "tsx", path.join(REPO, "scripts/start.ts")];
  const worker = ["--import", "tsx", path.join(REPO, "workers/main.ts")];
  const watching = [
    path.join(REPO, "node_modules/tsx/dist/cli.mjs"),
    "watch",
    "--clear-screen=false",
    "workers/main.ts",
  ];
  return [
    await start("web", mode === "demo" ? web : [NEXT, "dev", "--port", String(port), "--hostname", host]),
    await start("worker", mode === "demo" ? worker : watching),
  ];
}

function output(mode: Mode, dataDir: string, name: string): "inherit" | ["ignore", number, number] {
  if (mode === "development") return "inherit";
  const log = openSync(logOf(dataDir, name), "w");
  return ["ignore", log, log];
}

export function logOf(dataDir: string, name: string): string {
  mkdirSync(path.join(dataDir, "logs"), { recursive: true });
  return path.join(dataDir, "logs", `${name}.log`);
}

/** Waits until the web says that it and what it needs are ready; throws with its last words if it dies first. */
export async function untilReady({ port, dataDir }: Programs, children: Child[]): Promise<void> {
  const fallen = () => children.find((child) => !child.alive());
  let last = "no answer";
  const probe = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`, { signal: AbortSignal.timeout(5_000) });
    last = `${answer.status} ${(await answer.text()).slice(0, 300)}`;
    return answer.ok;
  };
  const why = () => {
    const name = fallen()?.name ?? "web";
    return `The ${name} did not start (${last}). The end of ${logOf(dataDir, name)}:\n${tailOf(logOf(dataDir, name), 30)}`;
  };
  await until(probe, { timeoutMs: 120_000, everyMs: 100, dead: () => fallen() !== undefined, why });
}

/** Removes the messages and files that a demo left in this folder, but not another program's things in it. */
export function wipeMessages(dataDir: string): void {
  for (const name of ["mail", "sms", "attachments"]) rmSync(path.join(dataDir, name), { recursive: true, force: true });
}
