import type { ChannelModel, ConsumeMessage } from "amqplib";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import type { Db } from "@/db/client";
import type { BrokerNames } from "./topology";

const DUE = "notification.due";
const ERROR_CLASS = "x-slotwell-error";
/**
 * While the database is away a message is kept, not given back: from RabbitMQ 4 on each giving back counts, and what has been given back
 * twenty times is dropped. It comes again with the next connection.
 */
const AGAIN_MS = 5_000;

/**
 * Brings what the broker holds as dead into the outbox, where staff see it and can repeat it: what was given up by us, and what the broker
 * itself gave up after its delivery limit. What cannot be read is kept as `unreadable`, without its bytes: they may hold anything.
 */
export async function collectDead(connection: ChannelModel, { db, names }: { db: Db; names: BrokerNames }) {
  const channel = await connection.createConfirmChannel();
  channel.on("error", () => undefined);
  await channel.prefetch(10);
  let isOpen = true;
  channel.on("close", () => {
    isOpen = false;
  });
  const take = async (message: ConsumeMessage): Promise<void> => {
    try {
      await bury(db, message);
      if (isOpen) channel.ack(message);
    } catch {
      if (isOpen) setTimeout(() => void take(message), AGAIN_MS).unref();
    }
  };
  const { consumerTag } = await channel.consume(names.dead, (message) => message && void take(message));
  return { stop: () => channel.cancel(consumerTag).then(() => channel.close()) };
}

async function bury(db: Db, message: ConsumeMessage): Promise<void> {
  const why = message.properties.headers?.[ERROR_CLASS] ?? "delivery_limit";
  const id = z.guid().safeParse(message.properties.messageId).data;
  const known = id
    ? await db.pg`update outbox set dead_at = coalesce(dead_at, now()), last_error = ${String(why)} where id = ${id} returning id`
    : [];
  if (known.length > 0) return;
  const event = readEvent(message.content);
  // The ledger takes what was due up anew by itself when its lease runs out: nothing is lost, so there is nothing for staff to do.
  if (event?.topic === DUE) return;
  await db.pg`
    insert into outbox (id, topic, payload, dead_at, attempts, last_error)
    values (${id ?? uuidv7()}, ${event?.topic ?? "unreadable"}, ${(event?.payload ?? {}) as never}, now(), 1, ${String(why)})
    on conflict (id) do nothing`;
}

const envelope = z.object({
  topic: z.string().max(100),
  payload: z.record(z.string(), z.union([z.guid(), z.int(), z.array(z.guid())])),
});

function readEvent(content: Buffer): z.infer<typeof envelope> | undefined {
  try {
    return envelope.safeParse(JSON.parse(content.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}
