import { readFileSync } from "node:fs";
import { afterAll, expect, inject, it } from "vitest";
import { connect } from "@/db/client";
import { migrate } from "@/db/migrate";
import { reachCache, reachDatabase, reachQueue } from "@/lib/platform/health";
import { RedisLimits } from "@/lib/platform/rate-limit-redis";
import { isEncrypted } from "@/scripts/doctor/roles";
import { startPostgres } from "@/scripts/services/postgres";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { tlsFile } from "@/tests/support/tls-files";
import { tlsLink } from "@/tests/support/tls-link";
import { startWorker } from "@/workers/worker";

// Servers that speak TLS: PostgreSQL by itself, Redis and RabbitMQ behind an end of it.

const ca = readFileSync(tlsFile("ca.pem"), "utf8");
const otherCa = readFileSync(tlsFile("other-ca.pem"), "utf8");
const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});
const linkTo = async (target: string, name?: "server" | "elsewhere") => {
  const link = await tlsLink(target, name);
  closing.push(link.close);
  return link;
};
/** "ok", or the code with which a server was refused. */
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error: Error & { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code ?? error.message,
  );
const UNSIGNED = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
const WRONG_NAME = "ERR_TLS_CERT_ALTNAME_INVALID";

it("verifies PostgreSQL by its authority and name, and speaks to nobody else", async () => {
  const offered = { cert: tlsFile("server.pem"), key: tlsFile("server.key") };
  const server = await startPostgres({ throwaway: true, tls: offered });
  closing.push(() => server.dispose());
  await server.createDatabase("clinic");
  const url = server.url("clinic");
  await migrate(url, { ca });
  expect(await outcome(migrate(url, { ca: otherCa }))).toBe(UNSIGNED);

  const reach = async (at: string, authority?: string) => {
    const db = connect(at, { max: 1, role: "web", ca: authority });
    closing.push(() => db.close());
    await reachDatabase(db);
    return isEncrypted(db);
  };
  expect(await reach(url, ca)).toBe(true);
  expect(await reach(url.replace("127.0.0.1", "localhost"), ca)).toBe(true);
  expect(await outcome(reach(url, otherCa))).toBe(UNSIGNED);
  expect(await outcome(reach(`${url}?sslmode=verify-full`))).toBe(UNSIGNED);
  expect(await reach(`${url}?sslmode=require`)).toBe(true);
  expect(await reach(url)).toBe(false);
  // A server that offers none is not talked to in the clear.
  expect(await outcome(reach(inject("postgresUrl"), ca))).not.toBe("ok");
}, 60_000);

it("verifies Redis by its authority and name", async () => {
  const link = await linkTo(inject("redisUrl"));
  const elsewhere = await linkTo(inject("redisUrl"), "elsewhere");
  const url = `rediss://127.0.0.1:${link.port}`;
  expect(await outcome(reachCache(url, ca))).toBe("ok");
  expect(await outcome(reachCache(url, otherCa))).not.toBe("ok");
  expect(await outcome(reachCache(url))).not.toBe("ok");
  expect(await outcome(reachCache(`rediss://127.0.0.1:${elsewhere.port}`, ca))).not.toBe("ok");

  const [limits, refused] = [new RedisLimits(url, ca), new RedisLimits(url, otherCa)];
  closing.push(() => limits.close());
  closing.push(() => refused.close());
  await expect.poll(() => limits.take("tls", 5, 60_000, "k"), { timeout: 5_000 }).toMatchObject({ allowed: true });
  expect(await refused.take("tls", 5, 60_000, "k")).toBeNull();
});

it("verifies RabbitMQ by its authority and name, and its worker works through it", async () => {
  const broker = inject("amqpUrl");
  const secure = (port: number) => {
    const url = new URL(broker.replace(/^amqp:/, "amqps:"));
    return Object.assign(url, { hostname: "127.0.0.1", port: String(port) }).href;
  };
  const link = await linkTo(broker);
  const elsewhere = await linkTo(broker, "elsewhere");
  expect(await outcome(reachQueue(secure(link.port), ca))).toBe("ok");
  expect(await outcome(reachQueue(secure(link.port), otherCa))).toBe(UNSIGNED);
  expect(await outcome(reachQueue(secure(link.port)))).toBe(UNSIGNED);
  expect(await outcome(reachQueue(secure(elsewhere.port), ca))).toBe(WRONG_NAME);

  const { db, owner } = await testDb({ role: "worker" });
  const handled: string[] = [];
  const handle = async ({ topic }: { topic: string }) => void handled.push(topic);
  const worker = startWorker({
    handle,
    ...{ db, concurrency: 1, messenger: recordingMessenger(db).messenger, namespace: `tls-${process.pid}` },
    ...{ amqpUrl: secure(link.port), amqpCa: ca },
  });
  await owner`insert into outbox (id, topic, payload) values (gen_random_uuid(), 'appointment.booked', '{}')`;
  await expect.poll(() => handled, { timeout: 10_000 }).toEqual(["appointment.booked"]);
  await worker.stop();
}, 30_000);
