import { mkdirSync } from "node:fs";
import path from "node:path";
import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { connect } from "@/db/client";
import type { Role } from "@/lib/domain/actor";
import { sessionCookie } from "@/lib/platform/auth-cookie";
import { sessionCookieName } from "@/lib/platform/host-cookie";
import { buildApp, NEXT, REPO } from "@/scripts/services/build-app";
import { type Child, startChild } from "@/scripts/services/child";
import { freePort, until } from "@/scripts/services/ports";
import type { BenchRow } from "./bench";
import { percentile } from "./bench";
import { send } from "./http-load";

export const CONNECTIONS = 16;
export const ROUNDS = 3;
const FOLDER = path.resolve(".data/bench");

/** A web that runs: ours, or the bare one. */
export type Site = { child: Child; base: string; startMs: number };
export type Sites = { ours: Site; bare: Site; dataDir: string };

async function startSite(name: string, args: string[], env: Record<string, string>, probe: string): Promise<Site> {
  const port = await freePort();
  const begun = performance.now();
  const child = await startChild({
    name,
    command: process.execPath,
    args: args.map((arg) => arg.replace("{port}", String(port))),
    cwd: REPO,
    env: { ...process.env, ...env, NODE_ENV: "production", PORT: String(port), HOST: "127.0.0.1" },
    stdio: "ignore",
  });
  const base = `http://127.0.0.1:${port}`;
  await until(async () => (await send({ url: base + probe }).catch(() => ({ status: 0 }))).status === 200, {
    timeoutMs: 60_000,
    why: () => `${name} did not start`,
  });
  return { child, base, startMs: performance.now() - begun };
}

async function buildBare(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const build = await startChild({
    name: "bare build",
    command: process.execPath,
    args: [NEXT, "build", "scripts/bench/bare"],
    cwd: REPO,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if ((await build.ended).code !== 0) throw new Error("the bare app could not be built");
}

/** The production build and a bare Next app on one database, for as long as `work` takes. */
export async function withSites<T>(url: string, work: (sites: Sites) => Promise<T>): Promise<T> {
  const dataDir = path.join(FOLDER, "files");
  const env = {
    DATABASE_URL: url,
    SLOTWELL_MODE: "production",
    // An account made by SQL has no authenticator.
    STAFF_SECOND_FACTOR: "optional",
    RATE_LIMIT_DISABLED: "true",
    LOG_LEVEL: "error",
    DATA_DIR: dataDir,
  };
  Object.assign(process.env, env);
  await buildApp(path.join(FOLDER, "logs"));
  await buildBare();
  const started: Site[] = [];
  const start = async (...args: Parameters<typeof startSite>) => {
    const site = await startSite(...args);
    started.push(site);
    return site;
  };
  try {
    const ours = await start("web", ["--import", "tsx", "scripts/start.ts"], env, "/api/health/ready");
    const bareArgs = [NEXT, "start", "scripts/bench/bare", "--port", "{port}", "--hostname", "127.0.0.1"];
    const bare = await start("bare", bareArgs, env, "/bytes");
    return await work({ ours, bare, dataDir });
  } finally {
    await Promise.all(started.map(({ child }) => child.stop()));
  }
}

export const sessionOf = async (owner: postgres.Sql, actor: { userId: string }, kind: "api" | "browser") => {
  const id = uuidv7();
  await owner`insert into sessions (id, user_id, kind, expires_at) values (${id}, ${actor.userId}, ${kind}, now() + interval '1 day')`;
  return id;
};

/** The cookie of a new account of staff that has just signed in. */
export async function staffCookie(url: string, owner: postgres.Sql, role: Exclude<Role, "patient" | "doctor">) {
  const userId = uuidv7();
  await owner`insert into users (id, email, role, display_name, email_verified_at) values (${userId}, ${`${userId}@bench.example`}, ${role}, 'Bench', now())`;
  const db = connect(url, { max: 1, name: "slotwell-bench" });
  try {
    return `${sessionCookieName()}=${await sessionCookie(db, await sessionOf(owner, { userId }, "browser"), userId)}`;
  } finally {
    await db.close();
  }
}

type Rates = { ours: number; bare: number; ratio: number };

/** Medians of rates that were taken in turns, so that a busy moment of the machine meets both. */
export async function inTurns(ours: () => Promise<number>, bare: () => Promise<number>): Promise<Rates> {
  const rates: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) rates.push({ bare: await bare(), ours: await ours() });
  const median = (of: (rate: { ours: number; bare: number }) => number) => percentile(rates.map(of), 0.5);
  return {
    ours: median((rate) => rate.ours),
    bare: median((rate) => rate.bare),
    ratio: median((rate) => rate.ours / rate.bare),
  };
}

export const rateRow = (area: string, name: string, bareName: string, rates: Rates, target?: number): BenchRow => ({
  area,
  name,
  value: rates.ours,
  unit: "1/s",
  bare: { name: bareName, value: rates.bare },
  ratio: rates.ratio,
  ...(target === undefined ? {} : { target: { at: "least" as const, ratio: target } }),
});
