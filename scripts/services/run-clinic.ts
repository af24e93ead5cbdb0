import path from "node:path";
import { reasonOf } from "@/lib/platform/reason";
import { buildApp, REPO } from "./build-app";
import { atEnd, type Child, endAll, endOnSignals, isEnding } from "./child";
import {
  demoDatabase,
  keptPostgres,
  logOf,
  type Mode,
  type Programs,
  startPrograms,
  untilReady,
  wipeMessages,
} from "./clinic";
import { portIsFree } from "./ports";
import { step } from "./progress";

const ACCOUNTS = [
  ["patient@demo.test", "a patient"],
  ["parent@demo.test", "a parent, acts for two children"],
  ["doctor@demo.test", "a doctor"],
  ["reception@demo.test", "reception"],
  ["admin@demo.test", "an administrator"],
] as const;
const PASSWORD = "demo-clinic-2026!";

export type ClinicOptions = { mode: Mode; fresh: boolean; port: number; dataDir: string };

/** What the environment says about where the clinic runs; the data folder is `.data` without a word about it. */
export function placeFromEnv(): Pick<ClinicOptions, "port" | "dataDir"> {
  return { port: Number(process.env.PORT || 3000), dataDir: path.resolve(REPO, process.env.DATA_DIR || ".data") };
}

/** Brings up the whole clinic and stays until Ctrl-C; ends with exit code 1 and a reason if a part of it fails. */
export async function runClinic(options: ClinicOptions): Promise<void> {
  endOnSignals();
  try {
    await bringUp(options);
  } catch (error) {
    if (isEnding()) return;
    console.error(`\n${reasonOf(error)}`);
    await endAll();
    process.exit(1);
  }
}

async function bringUp({ mode, fresh, port, dataDir }: ClinicOptions): Promise<void> {
  const since = performance.now();
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error("PORT is not a port number.");
  if (!(await portIsFree(port))) {
    const command = mode === "demo" ? "demo" : "dev";
    throw new Error(`Port ${port} is taken by another program. Choose another: PORT=${port + 1} npm run ${command}`);
  }
  console.log("Slotwell is starting; Ctrl-C stops it.");
  if (fresh) wipeMessages(dataDir);

  const databaseUrl = await database(mode, dataDir, fresh);
  // Its demo accounts have known passwords, so the network sees it only when HOST says so.
  const programs: Programs = { mode, dataDir, databaseUrl, port, host: process.env.HOST || "127.0.0.1" };
  const children = await step("Starting web and worker", async () => {
    const started = await startPrograms(programs);
    atEnd(async () => void (await Promise.all(started.map((child) => child.stop()))));
    await untilReady(programs, started);
    return started;
  });
  welcome(port, dataDir, performance.now() - since);
  await watch(children, dataDir);
}

/** The build needs no database and the seed no build, so on the first start they share the two cores. */
async function database(mode: Mode, dataDir: string, fresh: boolean): Promise<string> {
  const prepare = async () => {
    const server = await step("PostgreSQL", () => keptPostgres(dataDir, fresh));
    atEnd(() => server.stop());
    return demoDatabase(server, dataDir);
  };
  if (mode === "development") return prepare();
  const [url] = await Promise.all([prepare(), buildApp(path.join(dataDir, "logs"))]);
  return url;
}

function welcome(port: number, dataDir: string, tookMs: number): void {
  const rows = ACCOUNTS.map(([email, who]) => `    ${email.padEnd(22)} ${who}`);
  console.log(`
  Slotwell is ready after ${(tookMs / 1000).toFixed(1)} s: http://localhost:${port}

  Sign in with the password ${PASSWORD} as
${rows.join("\n")}

  Messages that would be sent: http://localhost:${port}/dev/messages
  Data and logs: ${path.relative(process.cwd(), dataDir) || "."}/   Start over: npm run demo -- --fresh
  Ctrl-C stops everything.
`);
}

async function watch(children: Child[], dataDir: string): Promise<void> {
  const ends = children.map(async (child) => ({ child, ...(await child.ended) }));
  const { child, code, signal } = await Promise.race(ends);
  if (isEnding()) return;
  throw new Error(
    `The ${child.name} ended by itself (${signal ?? `exit code ${code}`}). Its log: ${logOf(dataDir, child.name)}`,
  );
}
