import type { ConfirmChannel } from "amqplib";
import { pause } from "./pace";
import { publishAll } from "./publish";
import type { BrokerNames } from "./topology";

export type DueOptions = {
  names: BrokerNames;
  /** Takes messages whose time has come, and gives their ids. */
  takeDue: () => Promise<string[]>;
  dueEveryMs: number;
};

/**
 * Hands messages whose time has come to the broker, so that all workers share them, until the signal goes off; throws when channel or
 * database fails. What the broker does not take or loses is taken anew when its lease runs out.
 */
export async function dueLoop(channel: ConfirmChannel, options: DueOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) if ((await passDue(channel, options)) === 0) await pause(options.dueEveryMs, signal);
}

async function passDue(channel: ConfirmChannel, { names, takeDue }: DueOptions): Promise<number> {
  const ids = await takeDue();
  const topic = "notification.due";
  await publishAll(
    channel,
    ids.map((id) => ({
      exchange: names.events,
      routingKey: topic,
      content: Buffer.from(JSON.stringify({ id, topic, payload: { notificationId: id } })),
      options: { messageId: id, contentType: "application/json" },
    })),
  );
  return ids.length;
}
