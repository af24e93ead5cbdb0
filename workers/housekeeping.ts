import { randomUUID } from "node:crypto";
import { type Db, type Tx, withActor } from "@/db/client";

// What nobody needs any more, and after how long.
const KEEP = { outbox: "7 days", idempotencyKeys: "24 hours", accountTokens: "7 days", sessions: "30 days" } as const;
const BATCH = 5_000;

/** Deletes what has served its time, a batch of each kind; gives how many rows went. Events given up on stay for staff to see. */
export async function cleanUp(db: Db): Promise<number> {
  const steps = [cleanOutbox, cleanIdempotencyKeys, cleanAccountTokens, cleanChallenges, cleanSessions];
  let total = 0;
  for (const step of steps) {
    const ctx = { db, actor: { kind: "system", job: "housekeeping" } as const, requestId: randomUUID() };
    total += await withActor(ctx, step);
  }
  return total;
}

async function cleanOutbox({ pg }: Tx): Promise<number> {
  const { count } = await pg`
    delete from outbox where id in (
      select id from outbox where done_at < now() - ${KEEP.outbox}::interval and dead_at is null order by done_at limit ${BATCH})`;
  return count;
}

async function cleanIdempotencyKeys({ pg }: Tx): Promise<number> {
  const { count } = await pg`
    delete from idempotency_keys where (user_id, key) in (
      select user_id, key from idempotency_keys where created_at < now() - ${KEEP.idempotencyKeys}::interval
      order by created_at limit ${BATCH})`;
  return count;
}

async function cleanAccountTokens({ pg }: Tx): Promise<number> {
  const { count } = await pg`
    delete from account_tokens where id in (
      select id from account_tokens where expires_at < now() - ${KEEP.accountTokens}::interval limit ${BATCH})`;
  return count;
}

/** Challenges that no passkey has answered. */
async function cleanChallenges({ pg }: Tx): Promise<number> {
  const { count } = await pg`
    delete from passkey_challenges where id in (select id from passkey_challenges where expires_at < now() limit ${BATCH})`;
  return count;
}

/** Sign-ins that are over; their refresh tokens go with them. */
async function cleanSessions({ pg }: Tx): Promise<number> {
  const { count } = await pg`
    delete from sessions where id in (
      select id from sessions
      where expires_at < now() - ${KEEP.sessions}::interval or revoked_at < now() - ${KEEP.sessions}::interval
      order by expires_at limit ${BATCH})`;
  return count;
}
