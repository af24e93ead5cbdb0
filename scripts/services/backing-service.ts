import { existsSync } from "node:fs";
import path from "node:path";

/** A server that tests lean on. */
export type BackingService = {
  readonly url: string;
  readonly source: "environment" | "docker" | "binary" | "embedded";
  /** Ends the server; what it keeps on disk stays. */
  stop(): Promise<void>;
  /** Starts it again on the same address after `stop`. */
  start(): Promise<void>;
  /** Holds its clock: connections stay open and nothing answers, until `thaw`. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Ends it for good and removes what it kept. */
  dispose(): Promise<void>;
};

/** A server named in the environment belongs to somebody else: it can be used, but not stopped. */
export function foreignService(url: string, variable: string): BackingService {
  const refuse = () => Promise.reject(new Error(`The server named in ${variable} is not ours to stop or freeze.`));
  return {
    url,
    source: "environment",
    stop: refuse,
    start: refuse,
    freeze: refuse,
    thaw: refuse,
    dispose: () => Promise.resolve(),
  };
}

const SBIN = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/opt/homebrew/bin", "/opt/homebrew/sbin", "/usr/local/bin"];

/** The full path of the first of these programs on the PATH or in the folders that ordinary users lack in theirs. */
export function findProgram(...names: string[]): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), ...SBIN];
  for (const name of names) {
    if (path.isAbsolute(name) && existsSync(name)) return name;
    const folder = folders.find((candidate) => candidate && existsSync(path.join(candidate, name)));
    if (folder) return path.join(folder, name);
  }
  return undefined;
}
