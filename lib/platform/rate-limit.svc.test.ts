import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { BackingService } from "@/scripts/services/backing-service";
import { startOwnRedis } from "@/scripts/services/redis";

vi.hoisted(() => {
  process.env.DATABASE_URL = "postgres://unused";
  process.env.LOG_LEVEL = "silent";
  process.env.RATE_LIMIT_SIGN_IN_PER_MINUTE = "10";
  process.env.RATE_LIMIT_READ_PER_MINUTE = "1000";
});

/** Redis of this file's own, and the limiter as a process of its own would load it. */
let redis: BackingService;
type Limiter = typeof import("./rate-limit");

async function newProcess(): Promise<Limiter> {
  vi.resetModules();
  const limiter = await import("./rate-limit");
  limiter.closeLimits();
  await limiter.limitRequest("read", "warm up");
  await new Promise((resolve) => setTimeout(resolve, 300));
  return limiter;
}

const allowedOf = async (limiter: Limiter, tries: number, key: string) => {
  let allowed = 0;
  for (let i = 0; i < tries; i += 1) if ((await limiter.limitRequest("sign_in", key)).allowed) allowed += 1;
  return allowed;
};

beforeAll(async () => {
  redis = await startOwnRedis();
  process.env.REDIS_URL = redis.url;
});
afterEach(() => redis.thaw());
afterAll(() => redis.dispose());

it("counts in Redis, so that processes share one budget", async () => {
  const one = await newProcess();
  expect(await allowedOf(one, 6, "shared")).toBe(6);
  const two = await newProcess();
  const left = await allowedOf(two, 20, "shared");
  expect(left).toBeGreaterThanOrEqual(4);
  expect(left).toBeLessThanOrEqual(5);
  two.closeLimits();
});

it("gives back what was no guess", async () => {
  const limiter = await newProcess();
  for (let i = 0; i < 30; i += 1) {
    expect((await limiter.limitRequest("sign_in", "owner")).allowed).toBe(true);
    await limiter.refundRequest("sign_in", "owner");
  }
  limiter.closeLimits();
});

it("holds the limit and stays quick while Redis is frozen in the middle of an attack", async () => {
  const limiter = await newProcess();
  const before = await allowedOf(limiter, 5, "frozen");
  await redis.freeze();
  const slowest = { ms: 0 };
  let allowed = before;
  for (let i = 0; i < 500; i += 1) {
    const began = performance.now();
    if ((await limiter.limitRequest("sign_in", "frozen")).allowed) allowed += 1;
    slowest.ms = Math.max(slowest.ms, performance.now() - began);
  }
  expect(allowed).toBeLessThanOrEqual(10);
  expect(slowest.ms).toBeLessThan(200);
  expect((await limiter.limitRequest("read", "a reader")).allowed).toBe(true);
  limiter.closeLimits();
});

it.each([
  ["otp", 5],
  ["reset", 5],
  ["codes", 20],
] as const)("holds %s at %i in the process while Redis is frozen, and adds less than 200 ms", async (name, most) => {
  const limiter = await newProcess();
  const key = `${name} frozen`;
  const isAllowed = async () => (await limiter.limitRequest(name, key)).allowed;
  let allowed = (await isAllowed()) ? 1 : 0;
  await redis.freeze();
  let slowest = 0;
  for (let i = 0; i < 100; i += 1) {
    const began = performance.now();
    if (await isAllowed()) allowed += 1;
    slowest = Math.max(slowest, performance.now() - began);
  }
  expect(allowed).toBeLessThanOrEqual(most);
  expect(slowest).toBeLessThan(200);
  limiter.closeLimits();
});

it("holds the limit with Redis killed, and counts in Redis again once it is back", async () => {
  const limiter = await newProcess();
  expect(await allowedOf(limiter, 4, "killed")).toBe(4);
  await redis.stop();
  expect(await allowedOf(limiter, 500, "killed")).toBe(6);
  await redis.start();
  await vi.waitFor(
    async () => {
      await limiter.limitRequest("sign_in", "probe");
      const other = await newProcess();
      const { remaining } = await other.limitRequest("sign_in", "probe");
      expect(remaining).toBeLessThan(9);
    },
    { timeout: 20_000, interval: 500 },
  );
});
