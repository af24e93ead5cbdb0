import type { Db } from "@/db/client";
import { folderAnchors } from "@/lib/audit/anchors";
import { ChainBroken } from "@/lib/audit/finding";
import { postAnchors } from "@/lib/audit/post-anchors";
import { removeOldRows } from "@/lib/audit/remove-old-rows";
import { sealAudit } from "@/lib/audit/seal-audit";
import { anchoringFromEnv, sealingFromEnv } from "@/lib/audit/sealing-from-env";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/logger";
import type { Job } from "./schedule";

/** Seals the logs, and removes what is older than it is to be kept. */
export function auditJobs(db: Db): Job[] {
  const { AUDIT_SEAL_SECONDS, AUDIT_KEEP_DAYS } = env();
  const seal: Job = {
    name: "seal audit log",
    everyMs: AUDIT_SEAL_SECONDS * 1_000,
    run: () => told(() => sealAudit(db, sealingFromEnv(new Date()))),
  };
  const { folder, sink } = anchoringFromEnv();
  const jobs = [seal];
  if (sink)
    jobs.push({
      name: "post audit anchors",
      everyMs: Math.min(AUDIT_SEAL_SECONDS, 60) * 1_000,
      run: () => postAnchors(folderAnchors(folder), sink, new Date()),
    });
  if (AUDIT_KEEP_DAYS === undefined) return jobs;
  const remove: Job = {
    name: "remove old audit rows",
    everyMs: 3_600_000,
    run: () => told(() => removeOldRows(db, AUDIT_KEEP_DAYS, sealingFromEnv(new Date()))),
    batch: 1,
  };
  return [...jobs, remove];
}

/** A log line holds no finding's words, so it says where to look. */
async function told(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ChainBroken) log.error("the audit chain does not hold: run npm run audit:verify", error);
    throw error;
  }
}
