import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { GET as ready } from "@/app/api/health/ready/route";
import { migrate } from "@/db/migrate";
import { hashPassword } from "@/lib/accounts/password";
import { closeLimits } from "@/lib/platform/rate-limit";
import type { BackingService } from "@/scripts/services/backing-service";
import { type EmbeddedPostgres, startPostgres } from "@/scripts/services/postgres";
import { startOwnRabbit } from "@/scripts/services/rabbitmq";
import { startOwnRedis } from "@/scripts/services/redis";
import { api } from "@/tests/support/api";
import { clinicMaker } from "@/tests/support/clinic";

// The REST doors in this process, with servers of this file's own that it stops and freezes under them.

/** What a test's server does without for speed, and a server that is killed needs. */
const DURABLE = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" };

let server: EmbeddedPostgres;
let redis: BackingService;
let rabbit: BackingService;
let owner: postgres.Sql;
let token: string;
let doctorId: string;
let serviceId: string;
const email = "fault@test.example";
const password = randomBytes(12).toString("hex");
/** From a week on, half an hour each; every booking takes the next. */
let taken = 0;
const nextStart = () => {
  const day = new Date(Date.now() + (7 + Math.floor(taken / 16)) * 86_400_000).toISOString().slice(0, 10);
  return new Date(Date.parse(`${day}T09:00:00Z`) + (taken++ % 16) * 1_800_000).toISOString();
};

const signIn = () => api("POST", "/auth/token", { body: { email, password } });
const book = (start = nextStart()) => api("POST", "/appointments", { token, body: { serviceId, doctorId, start } });

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const began = performance.now();
  const value = await work();
  return { ms: performance.now() - began, value };
}

async function health() {
  const response = await ready(new Request("http://localhost/api/health/ready"), { params: Promise.resolve({}) });
  const { status, checks } = (await response.json()) as { status: string; checks: Record<string, { status: string }> };
  const failing = Object.keys(checks).filter((name) => checks[name]?.status === "failing");
  return { http: response.status, status, failing };
}
const fine = { http: 200, status: "ok", failing: [] };
/** Answers of probes are shared for some seconds. */
const healthSoon = { timeout: 15_000, interval: 250 };

beforeAll(async () => {
  [server, redis, rabbit] = await Promise.all([
    startPostgres({ throwaway: true, settings: DURABLE }),
    startOwnRedis(),
    startOwnRabbit(),
  ]);
  await server.createDatabase("faults");
  const url = server.url("faults");
  await migrate(url);
  owner = postgres(url, { max: 2, onnotice: () => undefined });
  Object.assign(process.env, {
    ...{ DATABASE_URL: url, REDIS_URL: redis.url, AMQP_URL: rabbit.url, LOG_LEVEL: "silent" },
    ...{ RATE_LIMIT_SIGN_IN_PER_MINUTE: "1000", RATE_LIMIT_WRITE_PER_MINUTE: "100000" },
    BOOKINGS_PER_DAY: "100000",
  });
  const make = clinicMaker(owner);
  const locationId = await make.location();
  serviceId = await make.service();
  doctorId = (await make.doctor({ locationId, serviceIds: [serviceId] })).id;
  const patient = await make.patient();
  await owner`update users set email = ${email}, email_verified_at = now(), password_hash = ${await hashPassword(password)} where id = ${patient.userId}`;
  const signedIn = await signIn();
  token = signedIn.body.accessToken as string;
}, 180_000);
afterAll(async () => {
  closeLimits();
  const { slotwellDb } = globalThis as { slotwellDb?: { close(): Promise<void> } };
  await Promise.all([slotwellDb?.close(), owner?.end({ timeout: 2 })]);
  await Promise.all([server?.dispose(), redis?.dispose(), rabbit?.dispose()]);
}, 60_000);

let isOver = false;
/** Clients that book one after the other until `isOver`, at the latest when the test has ended, however it did. */
function loadOf(clients: number, onReply: (reply: Awaited<ReturnType<typeof book>>, client: number) => void) {
  isOver = false;
  const running = Array.from({ length: clients }, async (_, client) => {
    while (!isOver) onReply(await book(), client);
  });
  return Promise.all(running);
}
afterEach(() => {
  isOver = true;
});

/** The slowest of several bookings and sign-ins, all of which succeed. */
async function slowest(): Promise<number> {
  let most = 0;
  for (let turn = 0; turn < 3; turn++) {
    const booked = await timed(() => book());
    expect(booked.value.status).toBe(201);
    const signedIn = await timed(signIn);
    expect(signedIn.value.status).toBe(200);
    most = Math.max(most, booked.ms, signedIn.ms);
  }
  return most;
}

it("is whole to begin with", async () => {
  expect((await book()).status).toBe(201);
  await expect.poll(health, healthSoon).toEqual(fine);
});

describe("Redis", () => {
  it.each(["freeze", "stop"] as const)("gone by %s: booking and sign-in go on, and health names it", async (how) => {
    await slowest();
    const before = await slowest();
    await redis[how]();
    const during = await slowest();
    // The limiter's own wait is measured in its own test; here hashing and a shared machine are in it.
    expect(during - before).toBeLessThan(500);
    await expect.poll(health, healthSoon).toEqual({ http: 200, status: "degraded", failing: ["cache"] });
    await (how === "freeze" ? redis.thaw() : redis.start());
    await expect.poll(health, healthSoon).toEqual(fine);
    await slowest();
  });
});

describe("RabbitMQ", () => {
  it("gone: booking goes on, its event waits in the database, and health names it", async () => {
    await rabbit.stop();
    const booked = await book();
    expect(booked.status).toBe(201);
    const [event] =
      await owner`select done_at from outbox where payload ->> 'appointmentId' = ${booked.body.id as string}`;
    expect(event).toEqual({ done_at: null });
    await expect.poll(health, healthSoon).toEqual({ http: 200, status: "degraded", failing: ["queue"] });
    await rabbit.start();
    await expect.poll(health, { ...healthSoon, timeout: 30_000 }).toEqual(fine);
  });
});

describe("PostgreSQL", () => {
  const written = async () => {
    const [row] =
      await owner`select (select count(*)::int from appointments) as visits, (select count(*)::int from appointment_events) as events,
      (select count(*)::int from outbox where topic = 'appointment.booked') as messages,
      (select count(*)::int from audit_log where table_name = 'appointments' and operation = 'INSERT') as audited`;
    return row as { visits: number; events: number; messages: number; audited: number };
  };
  const back = async () => {
    const began = performance.now();
    await expect.poll(async () => (await book()).status, { timeout: 10_000, interval: 200 }).toBe(201);
    return performance.now() - began;
  };

  it("stopped under load: a 503 that says so, nothing half written, back by itself within ten seconds", async () => {
    const replies: Awaited<ReturnType<typeof book>>[] = [];
    const load = loadOf(4, (reply) => replies.push(reply));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await server.stop();
    for (const [method, path] of [
      ["GET", `/slots?serviceId=${serviceId}&from=2031-01-06&to=2031-01-07`],
      ["GET", "/me"],
      ["GET", "/appointments"],
      ["POST", "/auth/token"],
    ] as const) {
      const body = method === "POST" ? { email, password } : undefined;
      const { ms, value } = await timed(() => api(method, path, { token, body }));
      expect([path, value.status, value.body.code]).toEqual([path, 503, "unavailable"]);
      expect(value.headers.get("retry-after")).toBe("5");
      expect(ms).toBeLessThan(8_000);
    }
    isOver = true;
    await load;
    await expect.poll(health, healthSoon).toMatchObject({ http: 503, status: "failing" });

    await server.start();
    expect(await back()).toBeLessThan(10_000);
    await expect.poll(health, healthSoon).toEqual(fine);
    const statuses = new Set(replies.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([201, 503]);
    const acknowledged = replies.filter(({ status }) => status === 201).map(({ body }) => body.id as string);
    const kept = await owner`select id from appointments where id in ${owner(acknowledged)}`;
    expect(kept).toHaveLength(acknowledged.length);
    const { visits, events, messages, audited } = await written();
    expect([events, messages, audited]).toEqual([visits, visits, visits]);
  });

  /** As a machine that loses its power: the server has no time to say good-bye or to write anything. */
  const crash = async () => {
    process.kill(Number(readFileSync(`${server.dataDir}/postmaster.pid`, "utf8").split("\n")[0]), "SIGKILL");
    await server.stop();
  };

  it.each([
    ["restarted", () => server.stop()],
    ["killed and started again", crash],
  ] as const)(
    "%s under load: every client is back within ten seconds, and no acknowledged booking is lost",
    async (_, end) => {
      const acknowledged: string[] = [];
      const since: { ended: number; back: number[] } = { ended: 0, back: [] };
      const clients = 8;
      const load = loadOf(clients, ({ status, body }, client) => {
        expect([201, 503]).toContain(status);
        if (status === 503) return;
        acknowledged.push(body.id as string);
        if (since.ended) since.back[client] ??= performance.now() - since.ended;
      });
      await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(50);
      await end();
      since.ended = performance.now();
      await server.start();
      await expect.poll(() => Object.keys(since.back), { timeout: 10_000 }).toHaveLength(clients);
      isOver = true;
      await load;

      expect(Math.max(...since.back)).toBeLessThan(10_000);
      const [kept] = await owner`select count(*)::int from appointments where id in ${owner(acknowledged)}`;
      expect(kept?.count).toBe(acknowledged.length);
      const { visits, events, messages, audited } = await written();
      expect([events, messages, audited]).toEqual([visits, visits, visits]);
    },
  );

  it("hung: health says so, and what waits is answered once it moves", async () => {
    await server.freeze();
    const asked = api("GET", "/me", { token });
    await expect.poll(health, healthSoon).toMatchObject({ http: 503, status: "failing" });
    await server.thaw();
    expect((await asked).status).toBe(200);
    expect(await back()).toBeLessThan(10_000);
    await expect.poll(health, healthSoon).toEqual(fine);
  });
});
