import type { Db } from "@/db/client";
import { PoisonEvent } from "@/lib/notifications/handle-event";
import { databaseRefusal } from "@/lib/platform/database-faults";

/** Waits between tries of an event; after the last one it is dead. */
export const EVENT_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000] as const;

/** How long an event waits for a database that is gone; such waits are not counted. */
export const OUTAGE_DELAY_MS = 5_000;

export type NextStep =
  | { step: "again"; delayMs: number; attempts: number; errorClass: string }
  | { step: "dead"; attempts: number; errorClass: string };

/** What becomes of an event whose handling threw; `attempts` failed before this one. */
export function afterFailure(error: unknown, attempts: number, delaysMs: readonly number[]): NextStep {
  const errorClass = error instanceof Error ? error.name : typeof error;
  if (databaseRefusal(error)?.code === "unavailable")
    return { step: "again", delayMs: OUTAGE_DELAY_MS, attempts, errorClass: "unavailable" };
  const delayMs = delaysMs[attempts];
  if (error instanceof PoisonEvent || delayMs === undefined)
    return { step: "dead", attempts: attempts + 1, errorClass };
  return { step: "again", delayMs, attempts: attempts + 1, errorClass };
}

/** Marks the outbox row as given up, where staff find it. */
export async function buryEvent(
  db: Db,
  id: string,
  { attempts, errorClass }: { attempts: number; errorClass: string },
) {
  await db.pg`update outbox set dead_at = now(), attempts = ${attempts}, last_error = ${errorClass} where id = ${id}`;
}
