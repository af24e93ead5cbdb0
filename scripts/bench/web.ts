import { mkdirSync } from "node:fs";
import path from "node:path";
import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { connect } from "@/db/client";
import { range } from "@/db/ranges";
import { newReference } from "@/lib/appointments/reference";
import type { UserActor } from "@/lib/domain/actor";
import { sessionCookie, sessionCookieName } from "@/lib/platform/auth-cookie";
import { signAccessToken } from "@/lib/platform/auth-token";
import { buildApp, NEXT, REPO } from "@/scripts/services/build-app";
import { type Child, startChild } from "@/scripts/services/child";
import { freePort, until } from "@/scripts/services/ports";
import { makeBareTable } from "./bare-table";
import type { BenchEnv, BenchRow } from "./bench";
import { percentile } from "./bench";
import { type Clinic, type Job, makeClinic } from "./booking-clinic";
import { firstLoadJavaScript } from "./first-load";
import { type Ask, requestRate, send } from "./http-load";
import { residentMib, workerMemory } from "./worker-memory";

const CONNECTIONS = 16;
const ROUNDS = 3;
const BOOKINGS = 1_500;
const PAGES = 400;
const WARM_UP = 200;
const VISIT_MS = 30 * 60_000;
const FOLDER = path.resolve(".data/bench");

type Site = { child: Child; base: string; startMs: number };

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

const sessionOf = async (owner: postgres.Sql, actor: { userId: string }, kind: "api" | "browser") => {
  const id = uuidv7();
  await owner`insert into sessions (id, user_id, kind, expires_at) values (${id}, ${actor.userId}, ${kind}, now() + interval '1 day')`;
  return id;
};

/** Medians of rates that were taken in turns, so that a busy moment of the machine meets both. */
async function inTurns(ours: () => Promise<number>, bare: () => Promise<number>) {
  const rates: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) rates.push({ bare: await bare(), ours: await ours() });
  const median = (of: (rate: { ours: number; bare: number }) => number) => percentile(rates.map(of), 0.5);
  return {
    ours: median((rate) => rate.ours),
    bare: median((rate) => rate.bare),
    ratio: median((rate) => rate.ours / rate.bare),
  };
}

const rowOf = (
  name: string,
  bareName: string,
  rates: { ours: number; bare: number; ratio: number },
  target: number,
): BenchRow => ({
  area: "web",
  name,
  value: rates.ours,
  unit: "1/s",
  bare: { name: bareName, value: rates.bare },
  ratio: rates.ratio,
  target: { at: "least", ratio: target },
});

async function bookings(site: Site, bare: Site, clinic: Clinic, tokens: Map<string, string>): Promise<BenchRow> {
  const json = { "content-type": "application/json" };
  const ours = ({ doctorId, start, patient }: Job): Ask => ({
    method: "POST",
    url: `${site.base}/api/v1/appointments`,
    headers: { ...json, authorization: `Bearer ${tokens.get(patient.userId)}` },
    body: JSON.stringify({ serviceId: clinic.serviceId, doctorId, start: start.toISOString() }),
  });
  const insert = ({ doctorId, start, patient }: Job): Ask => ({
    method: "POST",
    url: `${bare.base}/insert`,
    headers: json,
    body: JSON.stringify({
      id: uuidv7(),
      reference: newReference(),
      serviceId: clinic.serviceId,
      doctorId,
      locationId: clinic.locationId,
      patientId: patient.patientId,
      span: range(start, new Date(start.getTime() + VISIT_MS)),
    }),
  });
  const run = (make: (job: Job) => Ask, count: number) => {
    const jobs = clinic.jobs(count);
    return requestRate((turn) => make(jobs[turn] as Job), count, CONNECTIONS, 201);
  };
  await run(ours, WARM_UP);
  await run(insert, WARM_UP);
  const rates = await inTurns(
    () => run(ours, BOOKINGS),
    () => run(insert, BOOKINGS),
  );
  return rowOf("POST /api/v1/appointments", "bare route handler, one insert", rates, 0.5);
}

async function pages(site: Site, bare: Site, cookie: string): Promise<BenchRow[]> {
  const list: Ask = { url: `${site.base}/appointments`, headers: { cookie } };
  const find: Ask = { url: `${site.base}/find` };
  const { bytes } = await send(list);
  const same: Ask = { url: `${bare.base}/bytes?n=${Math.max(0, Math.floor(bytes / 2))}` };
  const select: Ask = { url: `${bare.base}/select` };
  const run = (ask: Ask) => () => requestRate(() => ask, PAGES, CONNECTIONS, 200);
  for (const ask of [list, find, same, select]) await requestRate(() => ask, WARM_UP / 4, CONNECTIONS, 200);
  const listed = await inTurns(run(list), run(same));
  const found = await inTurns(run(find), run(select));
  return [
    rowOf(`staff's list page, ${Math.round(bytes / 1024)} KB`, "bare dynamic page of the same bytes", listed, 0.7),
    rowOf("public find-a-time page", "bare dynamic page, one select", found, 1),
  ];
}

/** The production build over HTTP against a bare Next app on the same database; then memory, start time, and what a browser loads first. */
export async function run({ url, owner }: BenchEnv): Promise<BenchRow[]> {
  const env = {
    DATABASE_URL: url,
    AUTH_SECRET: "bench".repeat(8),
    SLOTWELL_MODE: "production",
    RATE_LIMIT_DISABLED: "true",
    LOG_LEVEL: "error",
    DATA_DIR: path.join(FOLDER, "files"),
  };
  Object.assign(process.env, env);
  await buildApp(path.join(FOLDER, "logs"));
  await buildBare();
  const clinic = await makeClinic(owner, 2 * (ROUNDS * BOOKINGS + WARM_UP));
  await makeBareTable(owner);
  const db = connect(url, { max: 2, name: "slotwell-bench" });
  const sites: Site[] = [];
  try {
    const tokens = new Map<string, string>();
    for (const patient of clinic.patients) tokens.set(patient.userId, await tokenOf(patient));
    const receptionist = await addReceptionist(owner);
    const cookie = `${sessionCookieName()}=${await sessionCookie(db, await sessionOf(owner, receptionist, "browser"), receptionist.userId)}`;
    const site = await startSite("web", ["--import", "tsx", "scripts/start.ts"], env, "/api/health/ready");
    const bare = await startSite(
      "bare",
      [NEXT, "start", "scripts/bench/bare", "--port", "{port}", "--hostname", "127.0.0.1"],
      env,
      "/bytes",
    );
    sites.push(site, bare);
    const rest = residentMib(site.child.pid);
    const rows = [await bookings(site, bare, clinic, tokens), ...(await pages(site, bare, cookie))];
    const loaded = residentMib(site.child.pid);
    const worker = await workerMemory(url, env.DATA_DIR, async () => {});
    const plain = (name: string, value: number, unit: BenchRow["unit"]): BenchRow => ({
      area: "web",
      name,
      value,
      unit,
    });
    return [
      ...rows,
      plain("memory of the web at rest", rest, "MB"),
      plain("memory of the web after load", loaded, "MB"),
      plain("memory of the worker at rest", worker.restMib, "MB"),
      plain("start of the web until ready", site.startMs / 1_000, "s"),
      ...(await firstLoadJavaScript(site.base, cookie)).map(({ name, kilobytes }) => plain(name, kilobytes, "KB")),
    ];
  } finally {
    await Promise.all(sites.map(({ child }) => child.stop()));
    await owner`drop table if exists bench_bare`;
    await clinic.remove();
    await db.close();
  }

  async function tokenOf(patient: UserActor) {
    const sessionId = await sessionOf(owner, patient, "api");
    return signAccessToken(db, { userId: patient.userId, sessionId, role: "patient" }, new Date(Date.now() - 1_000));
  }
}

async function addReceptionist(owner: postgres.Sql): Promise<{ userId: string }> {
  const userId = uuidv7();
  await owner`insert into users (id, email, role, display_name, email_verified_at) values (${userId}, ${`${userId}@bench.example`}, 'receptionist', 'Bench', now())`;
  return { userId };
}
