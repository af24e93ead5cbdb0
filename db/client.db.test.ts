import { setTimeout as sleep } from "node:timers/promises";
import { eq, inArray } from "drizzle-orm";
import { expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { withActor, withoutTransaction } from "./client";
import { settings } from "./schema";

const { db, owner } = await testDb({ max: 1, deadlineMs: 400 });
const ctx = { db, actor: { kind: "system", job: "test" }, requestId: "test" } as const;
const one = () => withActor(ctx, ({ pg }) => pg`select 1 as one`);

it("lets nobody wait for a transaction that the database does not answer, and goes on afterwards", async () => {
  const slow = withActor(ctx, ({ pg }) => pg`select pg_sleep(3)`);
  await expect(slow).rejects.toMatchObject({ code: "CONNECTION_UNANSWERED" });
  await expect.poll(() => one().catch(() => null)).toEqual([{ one: 1 }]);
});

it("does not begin what nobody waits for any more, and does not commit what is done too late", async () => {
  let hasBegun = false;
  const late = withActor(ctx, async ({ pg }) => {
    await pg`select set_config('test.late', 'committed', false)`;
    await sleep(600);
  });
  const queued = withActor(ctx, async () => {
    hasBegun = true;
  });
  await expect(late).rejects.toMatchObject({ code: "CONNECTION_UNANSWERED" });
  await expect(queued).rejects.toMatchObject({ code: "CONNECTION_UNANSWERED" });
  await expect.poll(() => one().catch(() => null)).toEqual([{ one: 1 }]);
  expect(hasBegun).toBe(false);
  const [setting] = await withActor(
    ctx,
    ({ pg }) => pg<{ late: string | null }[]>`select current_setting('test.late', true) as late`,
  );
  expect(setting?.late).not.toBe("committed");
});

it("begins no statement that nobody waits for any more; one that was sent may still commit", async () => {
  await owner`create table deeds (what text)`;
  await owner`grant insert on deeds to slotwell_app`;
  const sent = withoutTransaction(ctx, ({ pg }) => pg`insert into deeds select 'sent' from pg_sleep(0.8)`);
  await expect(sent).rejects.toMatchObject({ code: "CONNECTION_UNANSWERED" });
  await expect.poll(() => owner`select what from deeds`.then((rows) => [...rows])).toEqual([{ what: "sent" }]);
  const late = withoutTransaction(ctx, async (on) => {
    await on.pg`insert into deeds values ('first')`;
    await sleep(600);
    await on.pg`insert into deeds values ('second')`;
  });
  await expect(late).rejects.toMatchObject({ code: "CONNECTION_UNANSWERED" });
  await sleep(400);
  expect([...(await owner`select what from deeds`)]).toEqual([{ what: "sent" }, { what: "first" }]);
});

it("commits nothing that took too long to be kept with its answer", async () => {
  await owner`create table answers (what text)`;
  await owner`grant insert on answers to slotwell_app`;
  const late = withActor(
    { ...ctx, beforeCommit: () => sleep(600) },
    ({ pg }) => pg`insert into answers values ('late')`,
  );
  await expect(late).rejects.toMatchObject({ code: "CONNECTION_UNANSWERED" });
  await expect.poll(() => one().catch(() => null)).toEqual([{ one: 1 }]);
  expect([...(await owner`select what from answers`)]).toEqual([]);
});

it("refuses a value that cannot be written, to the query that has it, and keeps the connection", async () => {
  // The second time the actor's settings are a prepared statement, and the query is sent behind them unanswered.
  await one();
  for (const value of [new Date(Number.NaN), undefined as never]) {
    const broken = withActor(ctx, async ({ pg }) => pg`select ${value}::timestamptz`);
    await expect(broken).rejects.toThrow(/Invalid time value|UNDEFINED_VALUE/);
    expect(await one()).toEqual([{ one: 1 }]);
  }
});

it("keeps what Drizzle asks prepared, but for long lists, which seldom come again", async () => {
  const prepared = await withActor(ctx, async ({ db: orm, pg }) => {
    const keys = Array.from({ length: 50 }, (_, number) => `a key ${number}`);
    for (const key of keys) await orm.select({ key: settings.key }).from(settings).where(eq(settings.key, key));
    await orm.select({ value: settings.value }).from(settings).where(inArray(settings.key, keys));
    return pg<
      { statement: string }[]
    >`select statement from pg_prepared_statements where starts_with(statement, 'select "')`;
  });
  expect(prepared.map(({ statement }) => statement)).toEqual([expect.stringMatching(/^select "key".* = \$1$/)]);
});
