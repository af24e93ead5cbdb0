import type { Db } from "@/db/client";
import type { IncomingEvent } from "@/lib/notifications/handle-event";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { log } from "@/lib/platform/logger";
import { afterFailure, buryEvent } from "./event-outcome";
import { pause, reconnectMs } from "./pace";

export type DirectOptions = {
  db: Db;
  handle: (event: IncomingEvent) => Promise<void>;
  concurrency: number;
  delaysMs: readonly number[];
  pollMs: number;
  /** An event that a dead worker had taken is free again after this. */
  leaseMs: number;
};

type Claimed = IncomingEvent & { attempts: number };

/** Handles events straight from the outbox, until the signal goes off; what it has begun it finishes. Never throws. */
export async function directLoop(options: DirectOptions, signal: AbortSignal): Promise<void> {
  await Promise.all(Array.from({ length: options.concurrency }, () => lane(options, signal)));
}

async function lane(options: DirectOptions, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      const event = await claimEvent(options);
      if (event) await settleEvent(options, event);
      else await pause(options.pollMs, signal);
      failures = 0;
    } catch (error) {
      log.error("outbox cannot be worked", error, { attempts: ++failures });
      const waitMs = databaseRefusal(error)?.code === "unavailable" ? 2_000 : 10_000;
      await pause(Math.min(reconnectMs(failures), waitMs), signal);
    }
  }
}

/** Takes one event by moving its time past the lease; lanes and workers never get the same one. */
async function claimEvent({ db, leaseMs }: DirectOptions): Promise<Claimed | undefined> {
  const [event] = await db.pg<Claimed[]>`
    update outbox set available_at = now() + ${leaseMs} * interval '1 millisecond'
    where id = (
      select id from outbox where done_at is null and dead_at is null and available_at <= now()
      order by available_at, id limit 1 for update skip locked)
    returning id, topic, payload, attempts`;
  return event;
}

async function settleEvent({ db, handle, delaysMs }: DirectOptions, { attempts, ...event }: Claimed): Promise<void> {
  try {
    await handle(event);
    await db.pg`update outbox set done_at = now(), last_error = null where id = ${event.id}`;
  } catch (error) {
    const next = afterFailure(error, attempts, delaysMs);
    const fields = { outboxId: event.id, topic: event.topic, attempts: next.attempts };
    if (next.step === "dead") {
      log.error("event is dead", error, fields);
      return buryEvent(db, event.id, next);
    }
    log.warn("event failed, comes again", { ...fields, errorClass: next.errorClass });
    await db.pg`
      update outbox set attempts = ${next.attempts}, last_error = ${next.errorClass},
        available_at = now() + ${next.delayMs} * interval '1 millisecond'
      where id = ${event.id}`;
  }
}
