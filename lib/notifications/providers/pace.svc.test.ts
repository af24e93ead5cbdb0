import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { BackingService } from "@/scripts/services/backing-service";
import { startOwnRedis } from "@/scripts/services/redis";

vi.hoisted(() => {
  process.env.DATABASE_URL = "postgres://unused";
  process.env.LOG_LEVEL = "silent";
  process.env.SMS_PER_SECOND = "10";
});

let redis: BackingService;
beforeAll(async () => {
  redis = await startOwnRedis();
  process.env.REDIS_URL = redis.url;
});
afterAll(() => redis.dispose());

/** A worker's turns, and its limiter, as a process of its own would load them. */
async function newWorker() {
  vi.resetModules();
  // Workers of one machine share no count but that in Redis.
  Reflect.deleteProperty(globalThis, "slotwellLimits");
  const limiter = await import("@/lib/platform/rate-limit");
  await limiter.limitRequest("read", "warm up");
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { slotwellLimits: own } = globalThis as { slotwellLimits?: unknown };
  const { pacedBy } = await import("./pace");
  const turn = pacedBy({ email: undefined, sms: 10 }, async (...asked) => {
    Object.assign(globalThis, { slotwellLimits: own });
    return limiter.limitRequest(...asked);
  });
  const close = () => {
    Object.assign(globalThis, { slotwellLimits: own });
    limiter.closeLimits();
  };
  return { turn, close };
}

it("keeps a provider's pace over all workers together, and drops nothing", async () => {
  const workers = [await newWorker(), await newWorker()];
  const began = performance.now();
  const turns = await Promise.all(workers.flatMap(({ turn }) => Array.from({ length: 15 }, () => turn("sms"))));
  const seconds = (performance.now() - began) / 1_000;
  for (const { close } of workers) close();
  expect(turns).toEqual(Array(30).fill(true));
  // Each by itself would be through its 15 after a second.
  expect(seconds).toBeGreaterThan(1.8);
});
