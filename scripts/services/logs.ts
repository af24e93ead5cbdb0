import { existsSync, readFileSync } from "node:fs";

/** The last lines of a log file. */
export function tailOf(file: string, lines = 15): string {
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n") : "(no log)";
}
