import { setTimeout as sleep } from "node:timers/promises";
import { limitRequest } from "@/lib/platform/rate-limit";
import type { Channel } from "../ledger";

export type PerSecond = Record<Channel, number | undefined>;
/** Resolves with true when it is a message's turn; with false where it should be asked for again later. */
export type Turn = (channel: Channel) => Promise<boolean>;

/** Longer would outlast a worker that is told to stop; the message then goes back to wait in the ledger. */
const MOST_MS = 10_000;

/**
 * No more messages a second than a provider takes, over all workers together through Redis, each by itself without one. Whoever waits
 * holds its lane, so that no more than a worker's few are taken from the queue.
 */
export const pacedBy =
  (perSecond: PerSecond, take: typeof limitRequest = limitRequest): Turn =>
  async (channel) => {
    const rate = perSecond[channel];
    if (!rate) return true;
    const until = performance.now() + MOST_MS;
    while (performance.now() < until) {
      if ((await take(`${channel}_out`, "provider")).allowed) return true;
      await sleep((1_000 / rate) * (0.5 + Math.random()));
    }
    return false;
  };
