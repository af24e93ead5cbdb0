import { randomUUID } from "node:crypto";
import type { Db, Tx } from "@/db/client";
import type { Actor } from "@/lib/domain/actor";

/** All that a verb knows of the world: where the data is, who asks, when, and by which request. */
export type Context = {
  db: Db;
  actor: Actor;
  now: Date;
  requestId: string;
  beforeCommit?: (tx: Tx, value: unknown) => Promise<void>;
};

/** The context of one of our own jobs. */
export const systemContext = (db: Db, job: string, now: Date, requestId: string = randomUUID()): Context => ({
  db,
  actor: { kind: "system", job },
  now,
  requestId,
});

/** The same request carried on by one of our own jobs: a sign-in has no actor yet and must read the account. */
export const asSystem = (ctx: Context, job: string): Context => ({ ...ctx, actor: { kind: "system", job } });
