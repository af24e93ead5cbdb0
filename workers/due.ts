import type { ConfirmChannel } from "amqplib";
import { uuidv7 } from "uuidv7";
import { GROUP } from "@/lib/notifications/deliver-messages";
import { pause } from "./pace";
import { type Parcel, publishAll } from "./publish";
import type { BrokerNames } from "./topology";

export type DueOptions = {
  names: BrokerNames;
  /** Takes messages whose time has come, and gives their ids; undefined while enough are on their way. */
  takeDue: () => Promise<string[] | undefined>;
  dueEveryMs: number;
};

/** Workers may have emptied half of a queue by then. */
const BUSY_MS = 100;

/**
 * Hands messages whose time has come to the broker, so that all workers share them, until the signal goes off; throws when channel or
 * database fails. What the broker does not take or loses is taken anew when its lease runs out.
 */
export async function dueLoop(channel: ConfirmChannel, options: DueOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const ids = await options.takeDue();
    if (ids) await passOn(channel, options.names, ids);
    if (ids?.length === 0) await pause(options.dueEveryMs, signal);
    if (!ids) await pause(Math.min(options.dueEveryMs, BUSY_MS), signal);
  }
}

async function passOn(channel: ConfirmChannel, names: BrokerNames, ids: readonly string[]): Promise<void> {
  const topic = "notification.due";
  const parcels: Parcel[] = [];
  for (let first = 0; first < ids.length; first += GROUP) {
    const [id, payload] = [uuidv7(), { notificationIds: ids.slice(first, first + GROUP) }];
    parcels.push({
      exchange: names.events,
      routingKey: topic,
      content: Buffer.from(JSON.stringify({ id, topic, payload })),
      options: { messageId: id, contentType: "application/json" },
    });
  }
  await publishAll(channel, parcels);
}
