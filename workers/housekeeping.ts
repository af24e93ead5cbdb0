import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { type Db, withActor } from "@/db/client";
import { systemContext } from "@/lib/platform/context";
import { env } from "@/lib/platform/env";

const BATCH = 5_000;

type Kind = {
  what: string;
  /** Told in `retention_runs`, as it was somebody's data; the rest is plumbing that comes and goes by the thousand. */
  isTold: boolean;
  remove: (pg: postgres.TransactionSql, messageDays: number) => postgres.PendingQuery<never[]>;
};

/** The least key that is made at an instant: keys are in order of time (UUIDv7), so age needs no index of its own. */
export const idAt = (ms: number): string => {
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

/** What nobody needs any more, and after how long; docs/privacy.md says the same. Events given up on stay for staff to see. */
const KINDS: readonly Kind[] = [
  {
    what: "outbox",
    isTold: false,
    remove: (pg) => pg`
      delete from outbox where id in (
        select id from outbox where done_at < now() - interval '7 days' and dead_at is null order by done_at limit ${BATCH})`,
  },
  {
    what: "idempotency_keys",
    isTold: false,
    remove: (pg) => pg`
      delete from idempotency_keys where (user_id, key) in (
        select user_id, key from idempotency_keys where created_at < now() - interval '24 hours' order by created_at limit ${BATCH})`,
  },
  {
    what: "account_tokens",
    isTold: false,
    remove: (pg) => pg`
      delete from account_tokens where id in (
        select id from account_tokens where expires_at < now() - interval '7 days' limit ${BATCH})`,
  },
  {
    // Challenges that no passkey has answered.
    what: "passkey_challenges",
    isTold: false,
    remove: (pg) => pg`
      delete from passkey_challenges where id in (select id from passkey_challenges where expires_at < now() limit ${BATCH})`,
  },
  {
    // Sign-ins that are over; their refresh tokens go with them.
    what: "sessions",
    isTold: true,
    remove: (pg) => pg`
      delete from sessions where id in (
        select id from sessions where expires_at < now() - interval '30 days' or revoked_at < now() - interval '30 days'
        order by expires_at limit ${BATCH})`,
  },
  {
    // What became of messages; links in them go with them.
    what: "notifications",
    isTold: true,
    remove: (pg, days) => pg`
      delete from notifications where id in (
        select old.id from unnest(array['sent', 'delivered', 'failed', 'withdrawn', 'dead']) as over cross join lateral (
          select id from notifications where status = over and id < ${idAt(Date.now() - days * 86_400_000)} order by id limit ${BATCH}) old
        limit ${BATCH})`,
  },
  {
    what: "inbound_messages",
    isTold: true,
    remove: (pg, days) => pg`
      delete from inbound_messages where id in (
        select id from inbound_messages where handled_at < now() - make_interval(days => ${days}) order by handled_at limit ${BATCH})`,
  },
];

/** Deletes what has served its time, a batch of each kind, and writes down what of it was somebody's; gives how many rows went. */
export async function cleanUp(db: Db, messageDays = env().MESSAGE_KEEP_DAYS): Promise<number> {
  let total = 0;
  for (const { what, isTold, remove } of KINDS) {
    const ctx = systemContext(db, "housekeeping", new Date());
    total += await withActor(ctx, async ({ pg }) => {
      const { count } = await remove(pg, messageDays);
      if (isTold && count > 0)
        await pg`insert into retention_runs (id, what, removed, at) values (${uuidv7()}, ${what}, ${count}, ${ctx.now})`;
      return count;
    });
  }
  return total;
}
