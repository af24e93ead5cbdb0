import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import amqp from "amqplib";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { z } from "zod";
import { smtpMail } from "@/lib/notifications/providers/smtp";
import { formAction } from "@/lib/platform/action";
import { defineCall } from "@/lib/platform/api";
import { signAccessToken } from "@/lib/platform/auth-token";
import { db as webDb } from "@/lib/platform/db";
import { endpoint } from "@/lib/platform/endpoint";
import { log } from "@/lib/platform/logger";
import { metrics } from "@/lib/platform/metrics";
import { act, formOf } from "@/tests/support/act";
import { api } from "@/tests/support/api";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { ward } from "@/tests/support/records";
import { CANARY, wholeLife } from "@/tests/support/whole-life";
import { brokerNames } from "@/workers/topology";
import { startWorker } from "@/workers/worker";

// A canary in every field about a patient, and everything goes wrong: through REST, an action and the worker. What is written to the log, put into a queue,
// counted, or kept as "last error" must not hold it. What the programs write is caught where pino writes it, and at the console.

const written = vi.hoisted(() => [] as string[]);
vi.mock("pino", async (original) => {
  const { default: pino } = (await original()) as { default: (options: object, to: object) => unknown };
  return { default: (options: object) => pino(options, { write: (line: string) => void written.push(line) }) };
});
vi.mock("next/headers", async () => (await import("@/tests/support/act")).nextHeaders);
vi.mock("next/cache", async () => (await import("@/tests/support/act")).nextCache);
vi.mock("next-intl/server", async () => (await import("@/tests/support/act")).nextIntlServer);
for (const name of ["log", "info", "warn", "error", "debug"] as const)
  vi.spyOn(console, name).mockImplementation((...words) => void written.push(words.map(String).join(" ")));

const { db, owner, url } = await testDb({ role: "worker" });
Object.assign(process.env, {
  ...{ DATABASE_URL: url, SLOTWELL_MODE: "development", RATE_LIMIT_DISABLED: "true", LOG_LEVEL: "trace" },
  ...{
    DATA_DIR: mkdtempSync(path.join(tmpdir(), "slotwell-canary-")),
    ENCRYPTION_KEYS: randomBytes(32).toString("base64"),
  },
});
/** Another form in which it could slip through. */
const FORMS = [
  CANARY,
  encodeURIComponent(CANARY),
  Buffer.from(CANARY).toString("base64").replace(/=*$/, ""),
  CANARY.toUpperCase(),
];
const hits = (texts: readonly string[]) => texts.filter((text) => FORMS.some((form) => text.includes(form)));
const said = (phrase: string) => written.filter((line) => line.includes(phrase)).length;

let life: Awaited<ReturnType<typeof wholeLife>>;
let token: string;
const queued: string[] = [];
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  const asOperator = await import("@/db/client").then(({ connect }) => connect(url));
  closing.push(() => asOperator.close());
  life = await wholeLife(await ward(asOperator, owner), owner);
  const sessionId = uuidv7();
  await owner`insert into sessions (id, user_id, kind, expires_at, authenticated_at) values (${sessionId}, ${life.userId}, 'api', now() + interval '1 day', now())`;
  token = await signAccessToken(webDb(), { userId: life.userId, role: "patient", sessionId }, new Date());
}, 60_000);
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  vi.restoreAllMocks();
});

const address = `2 ${CANARY} Road`;
const patch = () => api("PATCH", `/patients/${life.patientId}`, { token, body: { address } });

it("REST: bad input, a violated constraint, a value that does not fit, a bug, and a database that goes away", async () => {
  expect(
    (await api("PATCH", `/patients/${life.patientId}`, { token, body: { phone: CANARY, [CANARY]: 1 } })).status,
  ).toBe(400);
  expect((await api("GET", `/appointments?from=${CANARY}`, { token })).status).toBe(400);
  expect((await api("PATCH", `/patients/${life.patientId}`, { token, body: `{"address": "${CANARY}` })).status).toBe(
    400,
  );
  expect((await api("GET", `/patients/${CANARY}`, { token: `${CANARY}.${CANARY}` })).status).toBe(401);

  await owner.unsafe("alter table patients add constraint forced check (version < 0) not valid");
  expect((await patch()).body.code).toBe("internal_error");
  await owner.unsafe("alter table patients drop constraint forced");
  await owner.unsafe(`create function forced() returns trigger language plpgsql as $$ begin raise exception using message = new.given_name, errcode = '22001'; end $$;
    create trigger forced before update on patients for each row execute function forced()`);
  expect((await patch()).status).toBe(400);
  await owner.unsafe("drop trigger forced on patients; drop function forced");

  const call = defineCall({
    method: "GET",
    path: "/canary",
    summary: "",
    tag: "",
    access: "public",
    status: 200,
    response: z.null(),
  });
  const broken = endpoint(call, async () => {
    const inner = Object.assign(new TypeError(`${CANARY}\n    at ${CANARY} (x.ts:1:1)`), {
      code: "EBROKEN",
      detail: CANARY,
    });
    throw Object.assign(new Error(`outer ${CANARY}`, { cause: inner }), { query: CANARY, parameters: [CANARY] });
  });
  expect((await broken(new Request(`http://localhost/?q=${CANARY}`), { params: Promise.resolve({}) })).status).toBe(
    500,
  );

  const lock = await owner.reserve();
  await lock`begin`;
  await lock`lock table patients in access exclusive mode`;
  const waiting = patch();
  const isWaiting = async () =>
    (await owner`select from pg_stat_activity where application_name = 'slotwell-web' and wait_event_type = 'Lock'`)
      .length;
  await expect.poll(isWaiting, { timeout: 5_000 }).toBeGreaterThan(0);
  await owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'slotwell-web'`;
  expect((await waiting).status).toBe(503);
  await lock`rollback`;
  lock.release();
  expect(said("request failed")).toBe(4);
});

it("an action: bad input and a bug that speaks", async () => {
  const schema = z.strictObject({ address: z.string().max(500) });
  const broken = formAction("public", schema, async (_ctx, input) => {
    throw new Error(`no ${input.address}`);
  });
  const run = (form: Record<string, string>) => act(null, () => broken({} as never, formOf(form)));
  expect((await run({ [CANARY]: CANARY })).answer).toMatchObject({ code: "validation_failed" });
  expect((await run({ address: CANARY })).answer).toMatchObject({ code: "internal_error" });
  expect(said("action failed")).toBe(1);
});

/** An SMTP server that says no, and says to whom. */
async function refusingSmtp(): Promise<string> {
  const server = net.createServer((socket) => {
    socket.write("220 test\r\n");
    socket
      .on("error", () => undefined)
      .on("data", (data) => {
        const line = data.toString();
        socket.write(/^RCPT/i.test(line) ? `550 5.1.1 ${CANARY}: ${line.trim()} is unknown\r\n` : "250 ok\r\n");
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  return `smtp://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
}

it("the worker: events through the broker, mail that is refused, a provider that throws, a broker that is gone", async () => {
  const names = brokerNames(`canary-${process.pid}`);
  const connection = await amqp.connect(inject("amqpUrl"));
  closing.push(() => connection.close());
  const channel = await connection.createChannel();
  await channel.assertExchange(names.events, "topic", { durable: true });
  const { queue } = await channel.assertQueue("", { exclusive: true });
  await channel.bindQueue(queue, names.events, "#");
  await channel.consume(queue, (message) => queued.push(`${message?.content} ${JSON.stringify(message?.properties)}`), {
    noAck: true,
  });

  const visit = await api("POST", `/appointments/${life.future}/cancel`, { token, body: { reason: CANARY } });
  expect(visit.status).toBe(200);
  await owner`update outbox set done_at = null, dead_at = null, available_at = now()`;
  await owner`insert into outbox (id, topic, payload) values (gen_random_uuid(), 'account.registered', '{"userId": 7}')`;

  const { messenger } = recordingMessenger(db, {
    mail: smtpMail({ url: await refusingSmtp() }),
    sms: { name: "broken", atOnce: 10, send: () => Promise.reject(new Error(`${CANARY} refused`)) },
  });
  const start = (amqpUrl: string) =>
    startWorker({
      db,
      messenger,
      concurrency: 2,
      namespace: `canary-${process.pid}`,
      amqpUrl,
      dueEveryMs: 200,
      delaysMs: [50],
    });
  const worker = start(inject("amqpUrl"));
  await owner`update notifications set status = 'pending', due_at = now(), attempts = 0`;
  await expect.poll(() => queued.length, { timeout: 15_000 }).toBeGreaterThan(1);
  await expect.poll(() => said("message not sent"), { timeout: 15_000 }).toBeGreaterThan(0);
  await expect.poll(() => said("event is dead"), { timeout: 15_000 }).toBeGreaterThan(0);
  await worker.stop();
  const lost = start("amqp://127.0.0.1:1");
  await expect.poll(() => said("broker connection lost"), { timeout: 10_000 }).toBeGreaterThan(0);
  await lost.stop();
}, 60_000);

it("left no trace of it in the log, in queues, in metrics, or in what is kept of failures", async () => {
  expect(written.length).toBeGreaterThan(8);
  expect(hits(written)).toEqual([]);
  expect(queued.length).toBeGreaterThan(0);
  expect(hits(queued)).toEqual([]);
  expect(hits([await metrics().registry.metrics()])).toEqual([]);
  const kept = await owner<{ text: string }[]>`
    select concat_ws(' ', topic, payload::text, last_error) as text from outbox
    union all select concat_ws(' ', kind, status, error_class) from notifications`;
  expect(kept.length).toBeGreaterThan(3);
  expect(hits(kept.map(({ text }) => text))).toEqual([]);
});

it("would be seen where it came through", () => {
  log.info(`${CANARY} has a cold`);
  expect(hits(written)).toHaveLength(1);
});
