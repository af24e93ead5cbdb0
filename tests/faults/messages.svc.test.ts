import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, it } from "vitest";
import { migrate } from "@/db/migrate";
import type { BackingService } from "@/scripts/services/backing-service";
import { type EmbeddedPostgres, startPostgres } from "@/scripts/services/postgres";
import { startOwnRabbit } from "@/scripts/services/rabbitmq";
import { startOwnRedis } from "@/scripts/services/redis";
import { identify } from "@/tests/support/identifiers";
import { fakeSmsProvider } from "@/tests/support/sms-provider";
import { clinicForMessages, zoneAtMidday } from "@/tests/support/visits";

// Reminders while everything under them is killed and restarted. `npm run test:faults` runs the long form; this one is a sample of it.

const number = (name: string, short: number) => Number(process.env[name] ?? short);
const REMINDERS = number("FAULT_REMINDERS", 150);
const KILLS = number("FAULT_KILLS", 2);
const BROKER_RESTARTS = number("FAULT_BROKER_RESTARTS", 1);
const DATABASE_RESTARTS = number("FAULT_DATABASE_RESTARTS", 1);
const REDIS_FREEZES = number("FAULT_REDIS_FREEZES", 0);
const RACES = number("FAULT_RACES", 30);
const WORKERS = 2;
/** The provider's thinking time: long enough that a kill meets messages which it has taken and which nobody has written down. */
const ANSWER_MS = 50;
/** A worker starts in seconds; with none, faults go on all the same. */
const BEGUN_WITHIN_MS = 10_000;
/** How long after a change its visit's message may still reach the provider: the look holds for a moment, and everything here is slow. */
const LATE_MS = 5_000;
const LIMIT_MS = 120_000 + KILLS * 10_000 + REMINDERS * 60;
/** What a test's server does without for speed, and a server that is killed needs. */
const DURABLE = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" };

let server: EmbeddedPostgres;
let rabbit: BackingService;
let redis: BackingService | null;
let provider: Awaited<ReturnType<typeof fakeSmsProvider>>;
let owner: postgres.Sql;
let workers: ChildProcess[] = [];
let isOver = false;
const dataDir = mkdtempSync(path.join(tmpdir(), "slotwell-faults-"));

beforeAll(async () => {
  [server, rabbit, redis, provider] = await Promise.all([
    startPostgres({ throwaway: true, settings: DURABLE }),
    startOwnRabbit(),
    REDIS_FREEZES > 0 ? startOwnRedis() : null,
    fakeSmsProvider(ANSWER_MS),
  ]);
  await server.createDatabase("messages");
  await migrate(server.url("messages"));
  owner = postgres(server.url("messages"), { max: 4, onnotice: () => undefined });
}, 180_000);
afterAll(async () => {
  isOver = true;
  for (const worker of workers) worker.kill("SIGKILL");
  await owner?.end({ timeout: 2 });
  await Promise.all([server?.dispose(), rabbit?.dispose(), redis?.dispose(), provider?.close()]);
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

const startOne = () =>
  spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
    env: {
      ...process.env,
      ...{ DATABASE_URL: server.url("messages"), AMQP_URL: rabbit.url, REDIS_URL: redis?.url, DATA_DIR: dataDir },
      ...{ SMS_PROVIDER: "http", SMS_HTTP_URL: provider.url, NODE_ENV: "production", LOG_LEVEL: "silent" },
    },
    stdio: "ignore",
  });

/** A visit for each patient, each with a reminder whose time comes when `release` says so. */
async function addReminders(): Promise<string[]> {
  const { locationId, doctorId, serviceId } = await clinicForMessages(owner);
  const patients = await owner<Array<{ id: string }>>`insert into patients (id, given_name, family_name, time_zone)
    select uuidv7(), 'P', n::text, ${zoneAtMidday()} from generate_series(1, ${REMINDERS}::int) n returning id`;
  for (const [n, { id }] of patients.entries()) await identify(owner, id, { phone: `+1212${5_000_000 + n}` });
  const visits = await owner<Array<{ id: string }>>`
    insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy)
    select uuidv7(), 'F' || n, 'booked', ${serviceId}, ${doctorId}, ${locationId}, id, span, span
    from (select id, row_number() over (order by id) as n from patients) p,
      lateral (select tstzrange(s, s + interval '30 minutes') as span from (select date_trunc('hour', now()) + interval '2 days' + n * interval '30 minutes' as s) t) r
    returning id`;
  await owner`insert into appointment_events (id, appointment_id, type, version, actor_kind, at)
    select uuidv7(), id, 'appointment.booked', 1, 'system', now() from appointments`;
  await owner`insert into notifications (id, kind, step, channel, appointment_id, appointment_version, patient_id, due_at)
    select uuidv7(), 'appointment.reminder', 'before_1440', 'sms', id, 1, patient_id, now() + interval '1 day' from appointments`;
  return visits.map(({ id }) => id);
}

/** Cancels or moves a visit as the verbs write it; gives when that was committed. A database that is away is asked again. */
async function change(id: string, isCancelled: boolean): Promise<number> {
  for (;;) {
    try {
      await owner.begin(async (tx) => {
        const topic = isCancelled ? "appointment.cancelled" : "appointment.rescheduled";
        const [row] = isCancelled
          ? await tx`update appointments set status = 'cancelled', cancelled_at = now(), version = 2 where id = ${id} and version = 1 returning id`
          : await tx`update appointments set during = tstzrange(lower(during) + interval '800 days', upper(during) + interval '800 days'),
              busy = tstzrange(lower(busy) + interval '800 days', upper(busy) + interval '800 days'), version = 2 where id = ${id} and version = 1 returning id`;
        if (!row) return;
        await tx`insert into appointment_events (id, appointment_id, type, version, actor_kind, at) values (${uuidv7()}, ${id}, ${topic}, 2, 'system', now())`;
        await tx`insert into outbox (id, topic, payload) values (${uuidv7()}, ${topic}, ${tx.json({ appointmentId: id, version: 2 })})`;
      });
      return Date.now();
    } catch {
      await sleep(200);
    }
  }
}

type Row = { id: string; appointment_id: string; status: string; claimed_at: Date | null };
const reminders = () =>
  owner<
    Row[]
  >`select id, appointment_id, status, claimed_at from notifications where step = 'before_1440' and appointment_version = 1`;
const open = async () =>
  (await reminders().catch(() => null))?.filter(({ status }) => ["pending", "queued", "sending"].includes(status))
    .length ?? -1;

/** Waits until so many reminders are left, so that a fault falls among the sending and not after it. */
async function until(left: number, mostMs: number) {
  const end = Date.now() + mostMs;
  while (Date.now() < end) {
    const now = await open();
    if (now >= 0 && now <= left) return;
    await sleep(20);
  }
}

/** Lets the time of some reminders come. A database that is away is asked again. */
async function release(visits: readonly string[]): Promise<void> {
  for (;;) {
    try {
      await owner`update notifications set due_at = now() where step = 'before_1440' and appointment_id = any(${visits as string[]}::uuid[]) and status = 'pending'`;
      return;
    } catch {
      await sleep(200);
    }
  }
}

/** So many of them, evenly among the others. */
const spread = (visits: readonly string[], count: number) =>
  Array.from(
    { length: Math.min(count, visits.length) },
    (_, n) => visits[Math.floor((n * visits.length) / count)] ?? "",
  );

/**
 * Kills and restarts, spread over the sending: before each the time of some reminders comes, and it falls when half of them have gone. Of each such
 * share some visits are cancelled or moved while its messages leave. Gives which, and when that was committed.
 */
async function storm(visits: readonly string[]): Promise<Map<string, number>> {
  const faults = [
    ...Array.from({ length: KILLS }, () => kill),
    ...Array.from({ length: BROKER_RESTARTS }, () => () => again(rabbit)),
    ...Array.from({ length: DATABASE_RESTARTS }, () => () => again(server)),
    ...Array.from({ length: REDIS_FREEZES }, () => () => freeze()),
  ];
  // Each kind evenly among the others.
  const order = faults.map((fault, index) => ({ fault, at: (index * 0.618_034) % 1 })).sort((a, b) => a.at - b.at);
  const share = (count: number, index: number) => Math.round((count * index) / order.length);
  const changed = new Map<string, number>();
  for (const [index, { fault }] of order.entries()) {
    const visitsNow = visits.slice(share(REMINDERS, index), share(REMINDERS, index + 1));
    const racing = spread(visitsNow, share(RACES, index + 1) - share(RACES, index));
    await release(visitsNow);
    const left = await open();
    const race = async () => {
      await until(left - 1, BEGUN_WITHIN_MS);
      for (const [turn, id] of racing.entries()) {
        changed.set(id, await change(id, turn % 2 === 0));
        await sleep(5);
      }
    };
    const strike = async () => {
      await until(left - Math.floor(visitsNow.length / 2), BEGUN_WITHIN_MS);
      await fault();
    };
    await Promise.all([race(), strike()]);
  }
  return changed;
}

let turn = 0;
async function kill() {
  const index = turn++ % WORKERS;
  workers[index]?.kill("SIGKILL");
  workers[index] = startOne();
}
async function again(service: Pick<BackingService, "stop" | "start">) {
  await service.stop();
  await sleep(1_000);
  await service.start();
}
async function freeze() {
  await redis?.freeze();
  await sleep(1_000);
  await redis?.thaw();
}

/** A killed worker's leases run out after two minutes; here sooner. */
async function hurryLeases() {
  while (!isOver && (await open()) !== 0) {
    await owner`update notifications set claimed_at = claimed_at - interval '2 minutes'
      where status in ('queued', 'sending') and claimed_at < now() - interval '5 seconds'`.catch(() => undefined);
    await owner`update notifications set due_at = now() where status = 'pending' and step <> 'before_4320' and attempts > 0`.catch(
      () => undefined,
    );
    await sleep(1_000);
  }
}

it(
  `loses none of ${REMINDERS} reminders, doubles none and sends none that is stale, through ${KILLS} kills and restarts of all below`,
  async () => {
    const visits = await addReminders();
    workers = Array.from({ length: WORKERS }, startOne);
    const changed = await storm(visits);
    await Promise.race([hurryLeases(), sleep(LIMIT_MS)]);

    const rows = await reminders();
    const sent = rows.filter(({ status }) => status === "sent");
    const unchanged = rows.filter(({ appointment_id }) => !changed.has(appointment_id));
    const stale = sent.filter(
      ({ appointment_id, claimed_at }) =>
        (claimed_at?.getTime() ?? 0) > (changed.get(appointment_id) ?? Number.POSITIVE_INFINITY),
    );
    const late = rows.filter(({ id, appointment_id }) => {
      const changedAt = changed.get(appointment_id);
      const taken = provider.accepted.get(id);
      return changedAt !== undefined && taken !== undefined && taken.at > changedAt + LATE_MS;
    });
    const perNumber = new Map<string, number>();
    for (const { id } of rows) {
      const to = provider.accepted.get(id)?.to;
      if (to) perNumber.set(to, (perNumber.get(to) ?? 0) + 1);
    }
    const [dead] = await owner`select (select count(*)::int from outbox where dead_at is not null)
      + (select count(*)::int from notifications where status in ('dead', 'failed')) as count`;
    const result = {
      lost: unchanged.filter(({ id, status }) => status !== "sent" || !provider.accepted.has(id)).length,
      doubled: [...perNumber.values()].filter((count) => count > 1).length,
      stale: stale.length,
      late: late.length,
      dead: dead?.count,
    };
    const repeated = [...provider.accepted.values()].filter(({ asked }) => asked > 1).length;
    const withdrawn = rows.filter(({ status }) => status === "withdrawn").length;
    const counts = {
      reminders: rows.length,
      sent: sent.length,
      changed: changed.size,
      withdrawn,
      askedAgain: repeated,
    };
    console.log({ ...result, ...counts });
    expect(result).toEqual({ lost: 0, doubled: 0, stale: 0, late: 0, dead: 0 });
  },
  LIMIT_MS + KILLS * 15_000 + 240_000,
);
