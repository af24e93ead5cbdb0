import { createHash } from "node:crypto";
import type { Tx } from "@/db/client";
import { withActor } from "@/db/client";
import type { Context } from "./context";

export type Answer = { status: number; body: unknown };
type Found = { kind: "none" } | { kind: "reused" } | { kind: "answer"; answer: Answer };

/** Another request with the same key has committed first: its answer is ours too. */
export class IdempotencyRace extends Error {}

/** The same request has the same hash, however its JSON was spaced or its members ordered. */
export const requestHash = (method: string, path: string, body: unknown): string =>
  createHash("sha256")
    .update(`${method} ${path}\n${canonical(body)}`)
    .digest("base64url");

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(",")}}`;
}

const keeper = (ctx: Context) => (ctx.actor.kind === "user" ? ctx.actor.userId : null);

export async function findAnswer(ctx: Context, key: string, hash: string): Promise<Found> {
  const userId = keeper(ctx);
  if (!userId) return { kind: "none" };
  const [row] = await withActor({ ...ctx, beforeCommit: undefined }, ({ pg }) =>
    pg<{ request_hash: string; status: number; body: unknown }[]>`
      select request_hash, status, body from idempotency_keys where user_id = ${userId} and key = ${key}`.then(
      (rows) => [...rows],
    ),
  );
  if (!row) return { kind: "none" };
  return row.request_hash === hash
    ? { kind: "answer", answer: { status: row.status, body: row.body } }
    : { kind: "reused" };
}

async function insertAnswer(tx: Tx, userId: string, key: string, hash: string, answer: Answer): Promise<boolean> {
  const rows = await tx.pg`
    insert into idempotency_keys (user_id, key, request_hash, status, body)
    values (${userId}, ${key}, ${hash}, ${answer.status}, ${JSON.stringify(answer.body)}::text::json)
    on conflict do nothing returning 1`;
  return rows.length === 1;
}

/** Keeps the answer in the transaction of the change itself, so that neither exists without the other. */
export const keepAnswer = (
  ctx: Context,
  key: string,
  hash: string,
  answerOf: (value: unknown) => Answer,
): Context["beforeCommit"] => {
  const userId = keeper(ctx);
  if (!userId) return undefined;
  return async (tx, value) => {
    if (!(await insertAnswer(tx, userId, key, hash, answerOf(value)))) throw new IdempotencyRace("key taken");
  };
};

/** Keeps a refusal, which has no transaction of its own. False where another request's answer stands already. */
export async function keepRefusal(ctx: Context, key: string, hash: string, answer: Answer): Promise<boolean> {
  const userId = keeper(ctx);
  if (!userId) return true;
  return withActor({ ...ctx, beforeCommit: undefined }, (tx) => insertAnswer(tx, userId, key, hash, answer));
}
