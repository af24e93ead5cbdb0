import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The command line of a running process, or "" where there is none. */
export function commandOf(pid: number): string {
  if (!pid) return "";
  // Slim images have no ps.
  if (existsSync("/proc/self/cmdline")) return readOr(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
  return spawnSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
}

/** The ids of the direct children of a process. */
export function childrenOf(pid: number): number[] {
  return parents()
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child);
}

/** The id of the process that started it, 0 where there is none. */
export const parentOf = (pid: number) => parents().find(([child]) => child === pid)?.[1] ?? 0;

/** Whether there is such a process, whoever it belongs to. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function parents(): Array<[child: number, parent: number]> {
  if (existsSync("/proc/self/stat")) {
    const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return ids.map((id) => [Number(id), parentIn(readOr(`/proc/${id}/stat`))]);
  }
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([child = 0, parent = 0]) => [child, parent]);
}

// The name stands in parentheses and may hold spaces and parentheses itself: "12 (a) b) S 1 ...".
const parentIn = (stat: string) => Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? 0);

function readOr(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Sends a signal to one process; one that is gone already is no error. */
export function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
