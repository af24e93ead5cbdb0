import { isEnding } from "./child";

const EVERY_MS = 5_000;
const running = new Map<string, number>();
let ticker: NodeJS.Timeout | undefined;

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs `work` and says so: when it starts, every five seconds while it lasts, and when it is done. */
export async function step<T>(label: string, work: () => Promise<T>): Promise<T> {
  const since = performance.now();
  console.log(`  ${label} ...`);
  running.set(label, since);
  ticker ??= setInterval(tick, EVERY_MS);
  try {
    const value = await work();
    console.log(`  ${label}: done in ${seconds(since)}`);
    return value;
  } catch (error) {
    if (!isEnding()) console.log(`  ${label}: failed after ${seconds(since)}`);
    throw error;
  } finally {
    running.delete(label);
    if (running.size === 0) {
      clearInterval(ticker);
      ticker = undefined;
    }
  }
}

function tick(): void {
  const lines = [...running].map(([label, since]) => `${label} (${seconds(since)})`);
  console.log(`  still working: ${lines.join(", ")}`);
}
