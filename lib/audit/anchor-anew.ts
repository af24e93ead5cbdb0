import { type Db, withActor } from "@/db/client";
import { AUDIT_CHAINS } from "@/db/schema";
import { systemContext } from "@/lib/platform/context";
import { anchorOf, nothingYet } from "./anchors";
import type { Sealing } from "./seal-audit";
import { lastSeal } from "./seals";

/**
 * Begins the anchors anew from what the database holds now: after a restore from a backup, or when their place was lost. What was anchored before is put
 * aside and stays, and the reason with it. A person decides this, never a job.
 */
export async function anchorAnew(db: Db, reason: string, { anchors, now }: Sealing): Promise<void> {
  for (const chain of AUDIT_CHAINS) {
    const last = await withActor(systemContext(db, "anchor-anew", now), (tx) => lastSeal(tx, chain));
    const first = last ? { ...anchorOf(last), kind: "begun" as const } : nothingYet(now, reason);
    await anchors.begin(chain, { ...first, at: now.toISOString(), reason });
  }
}
