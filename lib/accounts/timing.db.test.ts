import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import type { Context } from "@/lib/platform/context";
import { argon } from "@/tests/support/argon";
import { testDb } from "@/tests/support/db";
import { createTokens } from "./create-tokens";
import { hashPassword } from "./password";

vi.hoisted(() => {
  process.env.DATABASE_URL ??= "postgres://unused";
  process.env.LOG_LEVEL = "silent";
  process.env.AUTH_SECRET = "a secret of the tests, long enough";
  process.env.RATE_LIMIT_SIGN_IN_PER_MINUTE = "100000";
});
vi.mock("@node-rs/argon2", async (original) => (await import("@/tests/support/argon")).counting(await original()));

/** 1,000 of each under `SECURITY_LONG=true`, which wants a quiet machine. Beside other tests fewer must do, and can only tell a step left out: a hash is nine tenths of the time. */
const { PAIRS, WIDEST_GAP } =
  process.env.SECURITY_LONG === "true" ? { PAIRS: 1_000, WIDEST_GAP: 0.05 } : { PAIRS: 150, WIDEST_GAP: 0.25 };

const ROUNDS = 4;

const { db, owner } = await testDb();
const ctx: Context = { db, actor: { kind: "anonymous" }, now: new Date(), requestId: "test" };
const from = { address: "198.51.100.7", userAgent: "test" };
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

it(`answers ${PAIRS} known and ${PAIRS} unknown addresses alike, by the same work, in the same time`, async () => {
  const known = Array.from({ length: PAIRS }, () => `${randomUUID()}@example.org`);
  const hash = await hashPassword("a blue kettle on the stove");
  const rows = known.map((email) => ({ id: randomUUID(), email, hash }));
  await owner`insert into users (id, email, role, display_name, password_hash, email_verified_at)
    select (r->>'id')::uuid, r->>'email', 'patient', 'A person', r->>'hash', now() from jsonb_array_elements(${owner.json(rows)}) r`;
  const guess = async (email: string) => {
    const [before, began] = [argon.verifications, performance.now()];
    const answer = await createTokens(ctx, { email, password: "not the password of anybody" }, from);
    expect([answer, argon.verifications - before]).toEqual([{ ok: false, code: "invalid_credentials" }, 1]);
    return performance.now() - began;
  };
  for (let i = 0; i < 10; i += 1) await guess(`${randomUUID()}@example.org`);
  const times = { known: [] as number[], unknown: [] as number[] };
  const gapNow = () => Math.abs(median(times.known) / median(times.unknown) - 1);
  let gap = 1;
  // More samples where the machine is noisy: chance evens out, a difference that is there does not.
  for (let round = 0; round < ROUNDS && gap >= WIDEST_GAP; round += 1) {
    // Interleaved and in turns, so that what else the machine does falls on both alike.
    for (const [index, email] of known.entries())
      for (const kind of index % 2 ? (["known", "unknown"] as const) : (["unknown", "known"] as const))
        times[kind].push(await guess(kind === "known" ? email : `${randomUUID()}@example.org`));
    gap = gapNow();
  }
  console.info(`median of known ${median(times.known).toFixed(2)} ms, gap ${(gap * 100).toFixed(2)} %`);
  expect(gap).toBeLessThan(WIDEST_GAP);
}, 300_000);
