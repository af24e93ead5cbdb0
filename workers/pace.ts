/** Waits, or returns at once when the signal goes off. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}

/** 0.2 s, doubled at each failure, 10 s at the most; a little apart, so that workers don't come back all at once. */
export const reconnectMs = (failures: number) =>
  Math.min(10_000, 200 * 2 ** Math.min(failures, 10)) * (0.8 + Math.random() * 0.4);
