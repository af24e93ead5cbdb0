import type { ConfirmChannel, Message, Options } from "amqplib";

export type Parcel = {
  exchange: string;
  routingKey: string;
  content: Buffer;
  options: Options.Publish & { messageId: string };
};
export type Fate = "taken" | "unroutable" | "refused";

const CONFIRM_TIMEOUT_MS = 10_000;

/**
 * Publishes on a confirm channel and tells for each parcel whether a queue has it. The broker confirms what it cannot route, too, but
 * returns it first; so a parcel counts only when it is confirmed and has not come back. Throws when no answer comes in time.
 */
export async function publishAll(channel: ConfirmChannel, parcels: readonly Parcel[]): Promise<Map<string, Fate>> {
  const fates = new Map<string, Fate>();
  const returned = new Set<string>();
  const onReturn = (message: Message) => returned.add(String(message.properties.messageId));
  channel.on("return", onReturn);
  try {
    await answered(
      channel,
      parcels.map(
        ({ exchange, routingKey, content, options }) =>
          new Promise<void>((resolve) => {
            channel.publish(
              exchange,
              routingKey,
              content,
              { persistent: true, mandatory: true, ...options },
              (refusal) => {
                const isReturned = returned.has(options.messageId);
                fates.set(options.messageId, refusal ? "refused" : isReturned ? "unroutable" : "taken");
                resolve();
              },
            );
          }),
      ),
    );
  } finally {
    channel.off("return", onReturn);
  }
  return fates;
}

async function answered(channel: ConfirmChannel, confirms: Array<Promise<void>>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let onClose: (() => void) | undefined;
  const lost = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the broker did not confirm in time")), CONFIRM_TIMEOUT_MS);
    onClose = () => reject(new Error("the channel closed before the broker confirmed"));
    channel.once("close", onClose);
  });
  try {
    await Promise.race([Promise.all(confirms), lost]);
  } finally {
    clearTimeout(timer);
    if (onClose) channel.off("close", onClose);
  }
}
