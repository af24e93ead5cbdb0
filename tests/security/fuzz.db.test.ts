import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { api } from "@/tests/support/api";
import { testDb } from "@/tests/support/db";
import { type Fuzzed, fuzzer } from "@/tests/support/fuzz";
import { random } from "@/tests/support/fuzz-values";
import { type Caller, town } from "@/tests/support/town";

// Generated requests as each caller: no answer of 5xx, none that the OpenAPI document does not tell of, nothing written where it says no.
// `npm run test:fuzz` sends 100,000; FUZZ_SEED repeats a run, FUZZ_REQUESTS says how many.

const { db, owner, url } = await testDb({ statementTimeoutMs: 120_000 });
Object.assign(process.env, {
  ...{
    DATABASE_URL: url,
    SLOTWELL_MODE: "development",
    RATE_LIMIT_DISABLED: "true",
    LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
  },
  DATA_DIR: mkdtempSync(path.join(tmpdir(), "slotwell-fuzz-")),
});
/** The same in every run of the tests, so that what fails once fails again. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_125);
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 5_000);
/** A small machine sends fewer; the long form has all the time it needs. */
const DEADLINE_MS = process.env.FUZZ_REQUESTS ? Number.POSITIVE_INFINITY : 20_000;
/** Refusals that are written down by design: who tried to sign in, and what a stolen refresh token ended. */
const WRITES_REFUSALS = /^POST \/auth\//;
const MEND_EVERY = 500;

let t: Awaited<ReturnType<typeof town>>;
beforeAll(async () => {
  t = await town(db, owner);
}, 60_000);

/** Admins among the callers disable accounts and services; without this the rest of the run would see nothing but refusals. */
async function mend() {
  for (const [caller, { userId, role }] of Object.entries(t.actors))
    await owner`update users set disabled_at = null, role = ${role}, display_name = ${caller} where id = ${userId}`;
  await owner`update services set active = true, self_bookable = true, requires_room = false, min_notice_minutes = 0, horizon_days = 400 where id = ${t.of.ana.service}`;
  await owner`update locations set active = true where id = ${t.of.ana.location}`;
  await owner`update doctors set active = true`;
}

const signIns = new Map<Caller, string | undefined>();
async function send({ caller, method, url: asked, headers, body }: Fuzzed) {
  if (!signIns.has(caller)) signIns.set(caller, (await t.signIn(caller)).token);
  const reply = await api(method, asked, { token: signIns.get(caller), headers, body });
  if (reply.status === 401) signIns.delete(caller);
  return reply;
}

async function halfWritten(refused: string[]): Promise<unknown[]> {
  const written =
    await owner`select request_id, table_name, operation from audit_log where request_id = any(${refused}) limit 5`;
  const broken = await owner`
    select 'a visit without its event' as what, a.id from appointments a where not exists (select from appointment_events e where e.appointment_id = a.id)
      and a.created_at > (select min(created_at) from sessions) and a.created_by_user_id is not null
    union all select 'an event without its visit', e.id from appointment_events e where not exists (select from appointments a where a.id = e.appointment_id)
    union all select 'a visit behind its events', a.id from appointments a
      where a.version < (select max(version) from appointment_events e where e.appointment_id = a.id)
    union all select 'a record without its wording', r.id from medical_records r
      where not exists (select from record_versions v where v.record_id = r.id and v.number = r.current_version)
    union all select 'a doctor without an account', d.id from doctors d where not exists (select from users u where u.id = d.user_id)
    limit 5`;
  return [...written, ...broken];
}

it(`stands ${REQUESTS} generated requests`, { timeout: 3_600_000 }, async () => {
  const fuzz = fuzzer(random(SEED), Object.values(t.of));
  const refused: string[] = [];
  const statuses: Record<number, number> = {};
  const faults: string[] = [];
  const began = performance.now();
  let sent = 0;
  for (; sent < REQUESTS && performance.now() - began < DEADLINE_MS && faults.length < 10; sent++) {
    if (sent % MEND_EVERY === 0) await mend();
    const asked = fuzz.next();
    const told = `request ${sent} of seed ${SEED}: ${JSON.stringify(asked).slice(0, 2_000)}`;
    try {
      const { status, body, headers } = await send(asked);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status >= 500) faults.push(`${told}\n  answered ${status} ${JSON.stringify(body)}`);
      const pathAsked = `${asked.method} ${asked.url}`;
      if (status >= 400 && !WRITES_REFUSALS.test(pathAsked)) refused.push(headers.get("x-request-id") as string);
      if (typeof body.id === "string" && status < 300) fuzz.learn(body.id);
    } catch (error) {
      faults.push(`${told}\n  ${(error as Error).message.slice(0, 500)}`);
    }
  }
  console.log(`${sent} requests, seed ${SEED}, ${((performance.now() - began) / 1_000).toFixed(1)} s:`, statuses);
  expect(faults.join("\n")).toBe("");
  expect(await halfWritten(refused)).toEqual([]);
  // Most must get through the schemas, or the verbs behind them were never asked.
  const passed = Object.entries(statuses).filter(([status]) => !["400", "401"].includes(status));
  expect(passed.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(sent / 3);
  expect((statuses[200] ?? 0) + (statuses[201] ?? 0) + (statuses[204] ?? 0)).toBeGreaterThan(sent / 10);
});
