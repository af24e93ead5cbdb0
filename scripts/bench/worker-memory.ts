import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { REPO } from "../services/build-app";
import { startChild } from "../services/child";

export type WorkerMemory = { restMib: number; loadedMib: number };

/** Resident memory of a process in MiB; NaN where there is no /proc. */
export function residentMib(pid: number): number {
  try {
    const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round(Number(kib) / 1024);
  } catch {
    return Number.NaN;
  }
}

/**
 * Memory of a worker of its own on `databaseUrl`: at rest ten seconds after its start, and after `load` has had it work (it resolves when
 * the worker is through).
 */
export async function workerMemory(
  databaseUrl: string,
  dataDir: string,
  load: () => Promise<void>,
): Promise<WorkerMemory> {
  const worker = await startChild({
    name: "worker",
    command: process.execPath,
    args: ["--import", "tsx", "workers/main.ts"],
    cwd: REPO,
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: databaseUrl, DATA_DIR: dataDir, LOG_LEVEL: "error" },
  });
  try {
    await sleep(10_000);
    const restMib = residentMib(worker.pid);
    await load();
    return { restMib, loadedMib: residentMib(worker.pid) };
  } finally {
    await worker.stop();
  }
}
