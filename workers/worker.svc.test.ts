import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import amqp from "amqplib";
import { uuidv7 } from "uuidv7";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { fileMail, fileSms } from "@/lib/notifications/providers/files";
import type { BackingService } from "@/scripts/services/backing-service";
import { startOwnRabbit } from "@/scripts/services/rabbitmq";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { clinicForMessages } from "@/tests/support/visits";
import { brokerNames } from "./topology";
import { startWorker, type Worker, type WorkerOptions } from "./worker";

const { db, owner, url: databaseUrl } = await testDb({ max: 12, role: "worker" });
const clinic = await clinicForMessages(owner);
const QUICK = [200, 400];
// `npm run test:faults` sends more, and keeps the broker away for longer.
const AMONG = Number(process.env.FAULT_AMONG ?? 100);
const BOOKED = Number(process.env.FAULT_BOOKED ?? 100);
const OUTAGE_MS = Number(process.env.FAULT_OUTAGE_MS ?? 3_000);
const LIMIT_MS = 60_000 + OUTAGE_MS + (AMONG + BOOKED) * 100;
const anchorsDir = mkdtempSync(path.join(tmpdir(), "slotwell-anchors-"));
afterAll(() => rmSync(anchorsDir, { recursive: true }));

let running: Worker[] = [];
const children: ChildProcess[] = [];
const start = (options: Partial<WorkerOptions> & Pick<WorkerOptions, "messenger">) => {
  const worker = startWorker({ db, concurrency: 4, delaysMs: QUICK, dueEveryMs: 500, eventLeaseMs: 4_000, ...options });
  running.push(worker);
  return worker;
};
beforeEach(async () => void (await owner`truncate outbox, notifications cascade`));
afterEach(async () => {
  await Promise.all(running.map((worker) => worker.stop()));
  running = [];
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const statuses = async () =>
  Object.fromEntries(
    (
      await owner<
        Array<{ status: string; count: number }>
      >`select status, count(*)::int from notifications where step = 'now' group by status`
    ).map(({ status, count }) => [status, count]),
  );
const sentSoon = (count: number, timeout = 20_000) =>
  expect.poll(statuses, { timeout, interval: 100 }).toEqual({ sent: count });
const addEvent = async (topic: string, payload: Record<string, unknown>) => {
  const id = uuidv7();
  await owner`insert into outbox (id, topic, payload) values (${id}, ${topic}, ${owner.json(payload as never)})`;
  return id;
};
const outboxRow = async (id: string) => (await owner`select * from outbox where id = ${id}`)[0];
const newNamespace = () => `test-${randomBytes(4).toString("hex")}`;

/** What the broker holds of one test. */
async function inspect<T>(url: string, look: (channel: amqp.Channel) => Promise<T>): Promise<T> {
  const connection = await amqp.connect(url);
  try {
    return await look(await connection.createChannel());
  } finally {
    await connection.close();
  }
}

const ways = [
  { way: "through the broker", options: () => ({ amqpUrl: inject("amqpUrl"), namespace: newNamespace() }) },
  { way: "straight from the outbox", options: () => ({}) },
];

describe.each(ways)("$way", ({ options }) => {
  it("sends each message once, the first within a second", async () => {
    const { messenger, mails } = recordingMessenger(db);
    start({ messenger, ...options() });
    await clinic.bookMany(1);
    await sentSoon(1);
    const since = performance.now();
    await clinic.bookMany(1);
    await sentSoon(2);
    expect(performance.now() - since).toBeLessThan(1_000);
    await clinic.bookMany(40);
    await sentSoon(42);
    expect(new Set(mails.map((mail) => mail.id)).size).toBe(42);
    expect(mails).toHaveLength(42);
  });

  it(`puts a poison event aside and sends the ${AMONG} around it`, { timeout: LIMIT_MS }, async () => {
    const { messenger, mails } = recordingMessenger(db);
    await clinic.bookMany(AMONG / 2);
    const unknown = await addEvent("appointment.eaten", {});
    const misshapen = await addEvent("appointment.booked", { appointmentId: "no id" });
    await clinic.bookMany(AMONG / 2);
    start({ messenger, ...options() });
    await sentSoon(AMONG, LIMIT_MS / 2);
    await expect
      .poll(async () => (await outboxRow(unknown))?.deadAt ?? (await outboxRow(unknown))?.dead_at)
      .toBeTruthy();
    expect(await outboxRow(misshapen)).toMatchObject({ last_error: "PoisonEvent", attempts: 1 });
    expect(mails).toHaveLength(AMONG);
    expect(await owner`select id from outbox where dead_at is not null`).toHaveLength(2);
  });

  it("tries a failing event again after a while, and puts it aside after the last time", async () => {
    const { messenger } = recordingMessenger(db);
    const seen = new Map<string, number>();
    const [passing, lasting] = [
      await addEvent("appointment.confirmed", { failures: 2 }),
      await addEvent("appointment.confirmed", { failures: 99 }),
    ];
    start({
      messenger,
      ...options(),
      handle: async ({ id, payload }) => {
        const count = (seen.get(id) ?? 0) + 1;
        seen.set(id, count);
        if (count <= (payload as { failures: number }).failures) throw new TypeError("not yet");
      },
    });
    await expect.poll(async () => (await outboxRow(lasting))?.dead_at, { timeout: 10_000 }).toBeTruthy();
    expect(seen.get(passing)).toBe(3);
    expect(seen.get(lasting)).toBe(3);
    expect((await outboxRow(passing))?.dead_at).toBeNull();
  });

  it("waits for a database that goes away, and counts that against nobody", async () => {
    const { messenger, mails } = recordingMessenger(db);
    start({ messenger, ...options() });
    const booking = clinic.bookMany(60);
    for (let i = 0; i < 6; i++) {
      await sleep(150);
      await owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'slotwell-test'`;
    }
    await booking;
    await sentSoon(60, 30_000);
    expect(new Set(mails.map((mail) => mail.id)).size).toBe(60);
    // A mail may be on its way before the database can hear that its event is done.
    await expect.poll(() => owner`select id from outbox where done_at is null`, { timeout: 20_000 }).toHaveLength(0);
    expect(await owner`select id from outbox where dead_at is not null`).toHaveLength(0);
  });

  it("finishes what it has begun when it is asked to stop", async () => {
    const { messenger } = recordingMessenger(db);
    let [begun, done] = [0, 0];
    const worker = start({
      messenger,
      ...options(),
      handle: async () => {
        begun++;
        await sleep(400);
        done++;
      },
    });
    await clinic.bookMany(12);
    await expect.poll(() => begun, { timeout: 5_000 }).toBeGreaterThan(0);
    await worker.stop();
    const [begunAtStop, doneAtStop] = [begun, done];
    await sleep(600);
    expect([done, begun]).toEqual([doneAtStop, begunAtStop]);
    expect(done).toBe(begun);
    expect(begun).toBeLessThan(12);
  });

  it("sends every message when the worker is killed in the middle, and none twice where the id is honoured", async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), "slotwell-worker-"));
    const files = () => {
      try {
        return readdirSync(path.join(dataDir, "mail")).filter((name) => name.endsWith(".eml"));
      } catch {
        return [];
      }
    };
    const amqpUrl = "amqpUrl" in options() ? inject("amqpUrl") : "";
    await clinic.bookMany(80);
    const child = spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        DATA_DIR: dataDir,
        // The anchors are of the database, which both of these tests have.
        AUDIT_ANCHOR_DIR: anchorsDir,
        AMQP_URL: amqpUrl,
        NODE_ENV: "production",
        LOG_LEVEL: "error",
      },
      stdio: "inherit",
    });
    children.push(child);
    await expect.poll(() => files().length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(20);
    child.kill("SIGKILL");
    expect(files().length).toBeLessThan(80);
    // What it had taken is free again when its lease runs out; two minutes are spared here.
    await owner`update outbox set available_at = now() where done_at is null and available_at > now()`;
    const { messenger } = recordingMessenger(db, { mail: fileMail(dataDir), sms: fileSms(dataDir) });
    start({ messenger, amqpUrl: amqpUrl || undefined });
    await sentSoon(80);
    expect(files()).toHaveLength(80);
    expect(await owner`select id from outbox where dead_at is not null`).toHaveLength(0);
    rmSync(dataDir, { recursive: true });
  });
});

describe("with a broker", () => {
  it("hands due reminders around, and sends each once", async () => {
    const clock = { now: new Date() };
    const { messenger, mails } = recordingMessenger(db, { clock: () => clock.now });
    const [amqpUrl, namespace] = [inject("amqpUrl"), newNamespace()];
    for (let i = 0; i < 3; i++) start({ messenger, amqpUrl, namespace });
    await owner`update services set reminder_minutes = '{1440}'`;
    await clinic.bookMany(60);
    await sentSoon(60);
    await owner`update notifications set due_at = now() - interval '1 second' where kind = 'appointment.reminder'`;
    // Midday in New York tomorrow: nobody's quiet hours.
    clock.now = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 + 86_400_000 + 16 * 3_600_000);
    const reminded = async () =>
      (await owner`select id from notifications where kind = 'appointment.reminder' and status = 'sent'`).length;
    await expect.poll(reminded, { timeout: 20_000 }).toBe(60);
    expect(mails).toHaveLength(120);
    expect(new Set(mails.map((mail) => mail.id)).size).toBe(120);
    await owner`update services set reminder_minutes = '{4320,1440,120}'`;
  });

  it("does not call done what no queue has taken", async () => {
    const { messenger } = recordingMessenger(db);
    const nobodys = await addEvent("nobody.listens", {});
    start({ messenger, amqpUrl: inject("amqpUrl"), namespace: newNamespace() });
    await clinic.bookMany(3);
    await sentSoon(3);
    await expect.poll(async () => (await outboxRow(nobodys))?.last_error).toBe("unroutable");
    expect(await outboxRow(nobodys)).toMatchObject({ done_at: null, dead_at: null });
  });

  it("shows staff what it cannot read, and what the broker gave up by itself", async () => {
    const { messenger, mails } = recordingMessenger(db);
    const [amqpUrl, namespace] = [inject("amqpUrl"), newNamespace()];
    const names = brokerNames(namespace);
    start({ messenger, amqpUrl, namespace });
    await clinic.bookMany(1);
    await sentSoon(1);
    await inspect(amqpUrl, async (channel) => {
      for (const body of ["{", "[]", '{"id":"x"}'])
        channel.publish(names.events, "appointment.booked", Buffer.from(body));
      // The ledger sends what was in it all the same, so that nobody is told of it.
      const due = { id: uuidv7(), topic: "notification.due", payload: {} };
      channel.publish(names.events, due.topic, Buffer.from(JSON.stringify(due)), { messageId: due.id });
      await channel.checkQueue(names.dead);
    });
    await clinic.bookMany(5);
    await sentSoon(6);
    const depth = () => inspect(amqpUrl, async (channel) => (await channel.checkQueue(names.dead)).messageCount);
    const unreadable = () => owner`select id from outbox where topic = 'unreadable' and dead_at is not null`;
    await expect.poll(unreadable, { timeout: 10_000 }).toHaveLength(3);
    await expect.poll(depth, { timeout: 10_000 }).toBe(0);
    expect(await owner`select from outbox where dead_at is not null`).toHaveLength(3);
    expect(mails).toHaveLength(6);
  });
});

describe("when the broker goes", () => {
  let rabbit: BackingService;
  beforeAll(async () => {
    rabbit = await startOwnRabbit();
  }, 120_000);
  afterAll(() => rabbit?.dispose());

  const what = "keeps every booking and sends its message when the broker is back, and survives one that hangs";
  it(what, { timeout: LIMIT_MS }, async () => {
    const { messenger, mails } = recordingMessenger(db);
    const before = start({ messenger, amqpUrl: rabbit.url });
    await clinic.bookMany(10);
    await sentSoon(10);
    await rabbit.stop();
    const booking = clinic.bookMany(BOOKED);
    await sleep(OUTAGE_MS);
    await before.stop();
    start({ messenger, amqpUrl: rabbit.url });
    await booking;
    await sleep(1_000);
    expect(mails).toHaveLength(10);
    await rabbit.start();
    await sentSoon(BOOKED + 10, 30_000);
    expect(new Set(mails.map((mail) => mail.id)).size).toBe(BOOKED + 10);
    expect(mails).toHaveLength(BOOKED + 10);

    await rabbit.freeze();
    await clinic.bookMany(5);
    await sleep(2_000);
    await rabbit.thaw();
    await sentSoon(BOOKED + 15, 30_000);
  });
});
