/** Runs once before the first request. What needs Node stands in a file of its own, as Next also compiles this one for Edge. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { start } = await import("./instrumentation-node");
    start();
  }
}
