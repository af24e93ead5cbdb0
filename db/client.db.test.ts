import { expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { withActor } from "./client";

const { db } = await testDb({ max: 2, deadlineMs: 400 });
const ctx = { db, actor: { kind: "system", job: "test" }, requestId: "test" } as const;

it("lets nobody wait for a transaction that the database does not answer, and goes on afterwards", async () => {
  const slow = withActor(ctx, ({ pg }) => pg`select pg_sleep(3)`);
  await expect(slow).rejects.toMatchObject({ code: "CONNECTION_UNANSWERED" });
  const [row] = await withActor(ctx, ({ pg }) => pg`select 1 as one`);
  expect(row).toEqual({ one: 1 });
});
