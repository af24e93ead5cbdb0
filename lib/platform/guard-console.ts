import { log } from "./logger";

/**
 * From here on nothing reaches the console as it is. Next writes there what a page throws, and a driver's error carries the statement's values: what
 * patients are called, what was searched for. The logger's allow-list says what of an error may be written; words in a string can't be judged, and are dropped.
 */
export function guardConsole(): void {
  const write =
    (level: "error" | "warn") =>
    (...words: unknown[]): void => {
      const error = words.find((word) => word instanceof Error);
      if (error) log.error("thrown while answering", error);
      else log[level]("something was written to the console");
    };
  Object.assign(console, { error: write("error"), warn: write("warn") });
  process.on("uncaughtException", (error) => {
    log.error("uncaught exception", error);
    process.exit(1);
  });
}
