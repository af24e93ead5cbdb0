import type { ConfirmChannel } from "amqplib";
import type { Db } from "@/db/client";
import { log } from "@/lib/platform/logger";
import { pause } from "./pace";
import { publishAll } from "./publish";
import type { BrokerNames } from "./topology";

export type RelayOptions = { db: Db; names: BrokerNames; pollMs: number };

type Row = { id: string; topic: string; payload: Record<string, unknown> };

const BATCH = 100;

/** Carries outbox rows to the broker until the signal goes off; throws when channel or database fails. */
export async function relayLoop(channel: ConfirmChannel, options: RelayOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const moved = await relayBatch(channel, options);
    if (moved < BATCH) await pause(options.pollMs, signal);
  }
}

/**
 * Publishes one batch and marks what a queue has taken. The rows stay locked meanwhile, so several relays share the work; one that dies
 * lets go of its rows, and then some are published twice: consumers must not mind. Gives how many rows it looked at.
 */
export async function relayBatch(channel: ConfirmChannel, { db, names }: RelayOptions): Promise<number> {
  return db.pg.begin(async (pg) => {
    const rows = await pg<Row[]>`
      select id, topic, payload from outbox
      where done_at is null and dead_at is null and available_at <= now()
      order by available_at, id limit ${BATCH} for update skip locked`;
    if (rows.length === 0) return 0;
    const fates = await publishAll(
      channel,
      rows.map(({ id, topic, payload }) => ({
        exchange: names.events,
        routingKey: topic,
        content: Buffer.from(JSON.stringify({ id, topic, payload })),
        options: { messageId: id, contentType: "application/json" },
      })),
    );
    const taken = rows.filter(({ id }) => fates.get(id) === "taken").map(({ id }) => id);
    if (taken.length > 0) await pg`update outbox set done_at = now(), last_error = null where id in ${pg(taken)}`;
    for (const { id, topic } of rows) {
      const fate = fates.get(id);
      if (fate === "taken") continue;
      log.warn("event has no queue", { outboxId: id, topic, errorClass: fate });
      await pg`
        update outbox set attempts = attempts + 1, last_error = ${fate ?? "unanswered"},
          available_at = now() + least(interval '5 minutes', interval '1 second' * 2 ^ least(attempts, 10))
        where id = ${id}`;
    }
    return rows.length;
  });
}
