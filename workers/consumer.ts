import type { ChannelModel, ConfirmChannel, ConsumeMessage } from "amqplib";
import { z } from "zod";
import type { Db } from "@/db/client";
import { type IncomingEvent, PoisonEvent } from "@/lib/notifications/handle-event";
import { log } from "@/lib/platform/logger";
import { afterFailure, buryEvent } from "./event-outcome";
import { publishAll } from "./publish";
import type { BrokerNames } from "./topology";

export type ConsumerOptions = {
  db: Db;
  names: BrokerNames;
  handle: (event: IncomingEvent) => Promise<void>;
  concurrency: number;
  delaysMs: readonly number[];
};

export type Consumer = {
  /** Settles when the channel is gone; rejects where the broker took the consumer away. */
  ended: Promise<void>;
  /** Takes nothing new, finishes what it has begun. */
  stop(): Promise<void>;
};

const ATTEMPTS = "x-slotwell-attempts";
const ERROR_CLASS = "x-slotwell-error";
const envelope = z.object({ id: z.guid(), topic: z.string(), payload: z.unknown() });

/** Handles events from the queue, `concurrency` at a time. A message is acknowledged when its work is done or a queue has it for later. */
export async function consume(connection: ChannelModel, options: ConsumerOptions): Promise<Consumer> {
  const channel = await connection.createConfirmChannel();
  const running = new Set<Promise<void>>();
  let reject: (error: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, rejected) => {
    reject = rejected;
    channel.on("error", rejected);
    channel.on("close", resolve);
  });
  // Whoever waits hears of it all the same; one that comes before anybody waits must not end the process.
  ended.catch(() => undefined);
  await channel.prefetch(options.concurrency);
  const { consumerTag } = await channel.consume(options.names.notifications, (message) => {
    if (!message) return reject(new Error("the broker cancelled the consumer"));
    const work = receive(channel, message, options).catch(reject);
    running.add(work);
    void work.finally(() => running.delete(work));
  });
  const stop = async () => {
    await channel.cancel(consumerTag);
    await Promise.all(running);
    await channel.close();
  };
  return { ended, stop };
}

async function receive(channel: ConfirmChannel, message: ConsumeMessage, options: ConsumerOptions): Promise<void> {
  try {
    await options.handle(readEvent(message));
  } catch (error) {
    await passOn(channel, message, error, options);
  }
  channel.ack(message);
}

function readEvent(message: ConsumeMessage): IncomingEvent {
  let body: unknown;
  try {
    body = JSON.parse(message.content.toString("utf8"));
  } catch {
    throw new PoisonEvent("body is not JSON");
  }
  const parsed = envelope.safeParse(body);
  if (!parsed.success) throw new PoisonEvent("body is not an event");
  return parsed.data;
}

/** Hands a message that failed to a delay queue or to the dead; throws where the broker does not take it, so that it is not acknowledged. */
async function passOn(channel: ConfirmChannel, message: ConsumeMessage, error: unknown, options: ConsumerOptions) {
  const { db, names, delaysMs } = options;
  const before = Number(message.properties.headers?.[ATTEMPTS]);
  const next = afterFailure(error, Number.isInteger(before) && before > 0 ? before : 0, delaysMs);
  const messageId = z.guid().safeParse(message.properties.messageId).data;
  const fields = { outboxId: messageId, topic: message.fields.routingKey, attempts: next.attempts };
  if (next.step === "dead") log.error("event is dead", error, fields);
  else log.warn("event failed, comes again", { ...fields, errorClass: next.errorClass });

  const id = messageId ?? "unknown";
  const headers = { [ATTEMPTS]: next.attempts, [ERROR_CLASS]: next.errorClass };
  const routingKey = next.step === "dead" ? names.dead : names.retry(next.delayMs);
  const fates = await publishAll(channel, [
    {
      exchange: "",
      routingKey,
      content: message.content,
      options: { messageId: id, contentType: "application/json", headers },
    },
  ]);
  if (fates.get(id) !== "taken") throw new Error("the broker did not take a message for later");
  // The dead queue has it; the row only makes it visible, so a failure here must not bring the message back.
  if (next.step === "dead" && messageId) await buryEvent(db, messageId, next).catch(() => undefined);
}
