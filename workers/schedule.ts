import { log } from "@/lib/platform/logger";
import { pause, reconnectMs } from "./pace";

export type Job = {
  name: string;
  everyMs: number;
  /** Gives how much it did; while it has much to do it is run again at once. */
  run: (isStopping: () => boolean) => Promise<number>;
  /** From this many on, there may be more waiting. */
  batch?: number;
};

/** Runs a job again and again until the signal goes off. A failure is logged and never ends it. */
export async function runJob(
  { name, everyMs, run, batch = Number.POSITIVE_INFINITY }: Job,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      const count = await run(() => signal.aborted);
      failures = 0;
      if (count > 0) log.debug("job did something", { job: name, count });
      if (count < batch) await pause(everyMs, signal);
    } catch (error) {
      log.error("job failed", error, { job: name, attempts: ++failures });
      await pause(Math.max(reconnectMs(failures), Math.min(everyMs, 30_000)), signal);
    }
  }
}
