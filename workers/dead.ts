import type { ChannelModel, ConfirmChannel, ConsumeMessage } from "amqplib";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import type { Db } from "@/db/client";
import type { BrokerNames } from "./topology";

const ERROR_CLASS = "x-slotwell-error";

/**
 * Brings what the broker holds as dead into the outbox, where staff see it and can repeat it: what was given up by us, and what the broker
 * itself gave up after its delivery limit. What cannot be read is kept as `unreadable`, without its bytes: they may hold anything.
 */
export async function collectDead(connection: ChannelModel, { db, names }: { db: Db; names: BrokerNames }) {
  const channel = await connection.createConfirmChannel();
  channel.on("error", () => undefined);
  await channel.prefetch(10);
  const { consumerTag } = await channel.consume(names.dead, (message) => {
    if (message) void bury(db, channel, message);
  });
  return { stop: () => channel.cancel(consumerTag).then(() => channel.close()) };
}

/** A database that is away leaves the message where it is; it comes again with the next connection. */
async function bury(db: Db, channel: ConfirmChannel, message: ConsumeMessage): Promise<void> {
  const why = message.properties.headers?.[ERROR_CLASS] ?? "delivery_limit";
  const id = z.guid().safeParse(message.properties.messageId).data;
  try {
    const known = id
      ? await db.pg`update outbox set dead_at = coalesce(dead_at, now()), last_error = ${String(why)} where id = ${id} returning id`
      : [];
    if (known.length === 0) {
      const event = readEvent(message.content);
      await db.pg`
        insert into outbox (id, topic, payload, dead_at, attempts, last_error)
        values (${id ?? uuidv7()}, ${event?.topic ?? "unreadable"}, ${(event?.payload ?? {}) as never}, now(), 1, ${String(why)})
        on conflict (id) do nothing`;
    }
    channel.ack(message);
  } catch {
    setTimeout(() => giveBack(channel, message), 5_000).unref();
  }
}

function giveBack(channel: ConfirmChannel, message: ConsumeMessage): void {
  try {
    channel.nack(message);
  } catch {
    // The channel has closed meanwhile, which gives it back as well.
  }
}

const envelope = z.object({ topic: z.string().max(100), payload: z.record(z.string(), z.union([z.guid(), z.int()])) });

function readEvent(content: Buffer): z.infer<typeof envelope> | undefined {
  try {
    return envelope.safeParse(JSON.parse(content.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}
