import type { ChannelModel, ConfirmChannel, Options } from "amqplib";
import { log } from "@/lib/platform/logger";

/** Names on the broker; `namespace` keeps several clinics, or several tests, apart on one broker. */
export function brokerNames(namespace: string) {
  return {
    events: `${namespace}.events`,
    notifications: `${namespace}.notifications`,
    dead: `${namespace}.dead`,
    retry: (delayMs: number) => `${namespace}.notifications.retry.${delayMs}`,
  };
}

export type BrokerNames = ReturnType<typeof brokerNames>;

/** A worker that dies hands back all that it had prefetched: a low limit would bury messages that nobody has tried. */
const DELIVERY_LIMIT = 50;
/** RabbitMQ 4 drops what came back 20 times where nothing else is said. */
const DEAD_DELIVERY_LIMIT = 1_000_000;
const PATTERNS = ["appointment.*", "account.*", "notification.*", "message.*"];

/** What is dead-lettered by the broker waits there until the next queue has it. */
const handOver = (queue: string) => ({
  "x-dead-letter-exchange": "",
  "x-dead-letter-routing-key": queue,
  "x-dead-letter-strategy": "at-least-once",
  "x-overflow": "reject-publish",
});

/** Declares exchange and queues; what is there already stays as it is. */
export async function declareTopology(connection: ChannelModel, names: BrokerNames, delaysMs: readonly number[]) {
  await declareQueue(connection, names.dead, { "x-delivery-limit": DEAD_DELIVERY_LIMIT });
  await declareQueue(connection, names.notifications, {
    "x-delivery-limit": DELIVERY_LIMIT,
    ...handOver(names.dead),
  });
  // One queue per delay: in a queue of mixed delays a long one in front holds up the short ones behind it.
  for (const delayMs of new Set(delaysMs))
    await declareQueue(connection, names.retry(delayMs), {
      "x-message-ttl": delayMs,
      ...handOver(names.notifications),
    });
  await onScratchChannel(connection, async (channel) => {
    await channel.assertExchange(names.events, "topic", { durable: true });
    for (const pattern of PATTERNS) await channel.bindQueue(names.notifications, names.events, pattern);
  });
}

/** A quorum queue; a classic durable one where the broker has none or the queue is there in another make. */
async function declareQueue(
  connection: ChannelModel,
  queue: string,
  args: Record<string, unknown> = {},
): Promise<void> {
  const attempts: Array<(channel: ConfirmChannel) => Promise<unknown>> = [
    (channel) => channel.assertQueue(queue, durable({ "x-queue-type": "quorum", ...args })),
    (channel) => channel.checkQueue(queue),
    (channel) => channel.assertQueue(queue, durable(classicOnly(args))),
  ];
  for (const [index, declare] of attempts.entries()) {
    try {
      await onScratchChannel(connection, declare);
      if (index > 0) log.warn("queue is not a quorum queue of ours", { queue });
      return;
    } catch (error) {
      if (index === attempts.length - 1) throw error;
    }
  }
}

const durable = (args: Record<string, unknown>): Options.AssertQueue => ({ durable: true, arguments: args });

function classicOnly(args: Record<string, unknown>): Record<string, unknown> {
  const { "x-delivery-limit": _limit, "x-dead-letter-strategy": _strategy, "x-overflow": _overflow, ...rest } = args;
  return rest;
}

/** A refused declaration closes its channel, so each has its own. */
async function onScratchChannel(connection: ChannelModel, work: (channel: ConfirmChannel) => Promise<unknown>) {
  const channel = await connection.createConfirmChannel();
  channel.on("error", () => undefined);
  await work(channel);
  await channel.close();
}
