import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectQueue } from "amqplib";
import { sql } from "drizzle-orm";
import { Redis } from "ioredis";
import type { Db } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";

/** `off`: not configured, and not missed. */
export type Check = { status: "ok" | "failing" | "off"; required: boolean; durationMs: number };
export type CheckName = "database" | "migrations" | "queue" | "cache" | "anchors";
/** `degraded`: something that is not required is away; booking goes on. */
export type Health = { status: "ok" | "degraded" | "failing"; checks: Record<CheckName, Check> };
export type HealthTarget = {
  db: Db;
  amqpUrl?: string;
  amqpCa?: Authority;
  redisUrl?: string;
  redisCa?: Authority;
  /** Throws where the audit log's anchors do not leave the house; not given where there is nowhere to send them. */
  sink?: (() => Promise<void>) | undefined;
};
/** Authorities (PEM) that vouch for the server; the machine's own without it. */
type Authority = string | undefined;

const TIMEOUT_MS = 2_000;
/** Probes come often and from anywhere: answers are shared for so long. */
const DATABASE_KEPT_MS = 1_000;
const SERVICE_KEPT_MS = 5_000;

/** When the newest migration of this build was made; what the database's own list ends with when it is migrated. */
export const NEWEST_MIGRATION = Math.max(...journal.entries.map(({ when }) => when));

/** Throws where the database can't be reached. */
export async function reachDatabase(db: Db): Promise<void> {
  await db.orm.execute(sql`select 1`);
}

/** Throws unless the database has this build's migrations. One that has newer ones is fine: a rolling update puts it ahead. */
export async function assertMigrated(db: Db): Promise<void> {
  const [row] = await db.orm.execute<{ newest: string | null }>(
    sql`select max(created_at)::text as newest from drizzle.__drizzle_migrations`,
  );
  if (Number(row?.newest ?? 0) < NEWEST_MIGRATION) throw new Error("the database is not migrated");
}

/** Throws where the broker refuses or does not answer. */
export async function reachQueue(url: string, ca?: Authority): Promise<void> {
  const connection = await connectQueue(url, { timeout: TIMEOUT_MS, ...(ca ? { ca } : {}) });
  connection.on("error", () => undefined);
  // Nobody waits for a slow goodbye.
  connection.close().catch(() => undefined);
}

/** Throws where the cache refuses or does not answer. */
export async function reachCache(url: string, ca?: Authority): Promise<void> {
  const redis = new Redis(url, {
    ...(ca ? { tls: { ca } } : {}),
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}

async function timed(required: boolean, work: () => Promise<void>): Promise<Check> {
  const began = performance.now();
  const timer = new AbortController();
  const late = sleep(TIMEOUT_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error("no answer in time");
  });
  // When the work wins, the timer is called off and nobody hears of it.
  late.catch(() => undefined);
  const status = await Promise.race([work(), late]).then(
    () => "ok" as const,
    () => "failing" as const,
  );
  timer.abort();
  return { status, required, durationMs: Math.round(performance.now() - began) };
}

type Kept = { until: number; check: Promise<Check> };
const kept = new Map<string, Kept>();
const databases = new WeakMap<Db, string>();
let databaseCount = 0;

function keyOf(db: Db): string {
  const key = databases.get(db) ?? `database ${++databaseCount}`;
  databases.set(db, key);
  return key;
}

/** One probe at a time, shared by all who ask while it runs and for `keptMs` after it began. */
function shared(key: string, keptMs: number, run: () => Promise<Check>): Promise<Check> {
  const known = kept.get(key);
  if (known && known.until > performance.now()) return known.check;
  const check = run();
  kept.set(key, { until: performance.now() + Math.max(keptMs, TIMEOUT_MS), check });
  check.then(() => kept.set(key, { until: performance.now() + keptMs, check })).catch(() => kept.delete(key));
  return check;
}

const off: Check = { status: "off", required: false, durationMs: 0 };

/** Whether this process can do its work: the database must be there and migrated; queue and cache where they are configured. */
export async function checkHealth({ db, amqpUrl, amqpCa, redisUrl, redisCa, sink }: HealthTarget): Promise<Health> {
  const [database, migrations, queue, cache, anchors] = await Promise.all([
    shared(keyOf(db), DATABASE_KEPT_MS, () => timed(true, () => reachDatabase(db))),
    shared(`${keyOf(db)} migrations`, DATABASE_KEPT_MS, () => timed(true, () => assertMigrated(db))),
    amqpUrl ? shared(`queue ${amqpUrl}`, SERVICE_KEPT_MS, () => timed(false, () => reachQueue(amqpUrl, amqpCa))) : off,
    redisUrl
      ? shared(`cache ${redisUrl}`, SERVICE_KEPT_MS, () => timed(false, () => reachCache(redisUrl, redisCa)))
      : off,
    sink ? timed(false, sink) : off,
  ]);
  const checks = { database, migrations, queue, cache, anchors };
  const failing = Object.values(checks).filter(({ status }) => status === "failing");
  const status = failing.some(({ required }) => required) ? "failing" : failing.length > 0 ? "degraded" : "ok";
  return { status, checks };
}
