import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns";

/** Events on their way out, written in the transaction of the change they tell of. Payloads carry ids, never patient data. */
export const outbox = pgTable(
  "outbox",
  {
    id: id(),
    topic: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
    /** Not to be handled before this. */
    availableAt: instant().notNull().default(sql`now()`),
    /** Confirmed by the broker, or handled where there is none. */
    doneAt: instant(),
    attempts: integer().notNull().default(0),
    lastError: text(),
    /** Given up on; staff see it among the dead letters. */
    deadAt: instant(),
  },
  (t) => [
    index("outbox_waiting").on(t.availableAt, t.id).where(sql`${t.doneAt} is null and ${t.deadAt} is null`),
    index("outbox_done").on(t.doneAt).where(sql`${t.doneAt} is not null`),
    index("outbox_dead").on(t.deadAt).where(sql`${t.deadAt} is not null`),
  ],
);
