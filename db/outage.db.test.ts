import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { flakyLink } from "@/tests/support/flaky-link";
import { connect, type Db, withActor } from "./client";

// The driver as scripts/patch-postgres.mjs mends it, under load, against connections that are cut and servers that fall silent.

const CONNECTIONS = 8;
/** Long beside what a queue behind closed connections takes on a busy machine: who has no answer by then gets none. */
const PATIENT_MS = 20_000;
const IMPATIENT_MS = 3_000;
const { owner, url } = await testDb();
const address = new URL(url);
const link = await flakyLink({ host: address.hostname, port: Number(address.port) });
address.port = String(link.port);
const pool = (deadlineMs: number) => connect(address.href, { max: CONNECTIONS, name: "slotwell-outage", deadlineMs });
const patient = pool(PATIENT_MS);
const impatient = pool(IMPATIENT_MS);
afterAll(async () => {
  await Promise.all([patient.close(), impatient.close()]);
  await link.close();
});
const as = (db: Db) => ({ db, actor: { kind: "system", job: "test" }, requestId: "test" }) as const;

let outcomes: Map<string, number>;
beforeEach(() => {
  outcomes = new Map();
});

/** Pipelined and awaited queries whose answers must be their own. */
async function transaction(db: Db, number: number): Promise<string> {
  try {
    const answers = await withActor(as(db), async ({ pg }) => {
      const ask = () => pg<{ number: number }[]>`select ${number}::int as number, pg_sleep(0.002)`;
      const together = await Promise.all([ask(), ask()]);
      return [...together, await ask()].map(([row]) => row?.number);
    });
    return answers.every((answer) => answer === number) ? "done" : "somebody else's answer";
  } catch (error) {
    return String((error as { code?: unknown }).code ?? error);
  }
}

/** Keeps twice as many transactions going as there are connections while `harm` is done. */
async function underLoad(db: Db, harm: () => Promise<void>): Promise<void> {
  let isOver = false;
  let number = 0;
  const load = Array.from({ length: 2 * CONNECTIONS }, async () => {
    while (!isOver) {
      const outcome = await transaction(db, number++);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  });
  await harm().finally(() => {
    isOver = true;
  });
  await Promise.all(load);
}

const terminate = async () => {
  const { count } =
    await owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'slotwell-outage' and random() < 0.7`;
  return count;
};

const sleeping = async () => {
  const { count } =
    await owner`select from pg_stat_activity where application_name = 'slotwell-outage' and wait_event = 'PgSleep'`;
  return count;
};

/** How many connections work at the same time. */
async function capacity(db: Db): Promise<number> {
  const backends = await Promise.all(
    Array.from({ length: CONNECTIONS }, () =>
      withActor(as(db), ({ pg }) => pg<{ pid: number }[]>`select pg_backend_pid() as pid, pg_sleep(0.5)`).then(
        ([row]) => row?.pid,
        () => undefined,
      ),
    ),
  );
  return new Set(backends.filter(Boolean)).size;
}
const fullSoon = (db: Db) => expect.poll(() => capacity(db), { timeout: 30_000, interval: 100 }).toBe(CONNECTIONS);

it("answers each query with its own answer and gets every connection back, though hundreds are cut", async () => {
  // In bursts: a connection that has fallen silent is found out only where nobody cuts it again.
  for (let burst = 0; burst < 10; burst++) {
    await underLoad(patient, async () => {
      for (let cut = 0; cut < 40; await sleep(Math.random() * 150)) cut += await terminate();
      await sleep(300);
      link.reset();
    });
    await fullSoon(patient);
  }
  const known = new Set(["done", "CONNECTION_CLOSED", "ECONNRESET", "EPIPE", "57P01"]);
  expect([...outcomes.keys()].filter((outcome) => !known.has(outcome))).toEqual([]);
}, 300_000);

it("forgets the ROLLBACK of a transaction that heard of its connection's end before the connection did", async () => {
  for (let turn = 0; turn < 5; turn++) {
    const begun = Array.from({ length: CONNECTIONS }, () => withActor(as(patient), ({ pg }) => pg`select pg_sleep(5)`));
    const ends = Promise.allSettled(begun);
    await expect.poll(sleeping, { interval: 20 }).toBe(CONNECTIONS);
    link.reset();
    expect((await ends).map(({ status }) => status)).toEqual(begun.map(() => "rejected"));
    await fullSoon(patient);
  }
}, 150_000);

it("leaves a connection on which the server has fallen silent, and opens another", async () => {
  await underLoad(impatient, async () => {
    await sleep(200);
    link.silence();
    await sleep(1.5 * IMPATIENT_MS);
  });
  const known = new Set(["done", "CONNECTION_UNANSWERED"]);
  expect([...outcomes.keys()].filter((outcome) => !known.has(outcome))).toEqual([]);
  await fullSoon(impatient);
}, 150_000);
