import { and, eq, gt, isNull, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patientProxies } from "@/db/schema";
import type { Context } from "@/lib/platform/context";
import type { Action } from "@/lib/platform/permission-table";
import { may, mayAtAll } from "@/lib/platform/permissions";

/** Grants that hold at `now`. */
export const liveGrant = (now: Date) =>
  and(isNull(patientProxies.revokedAt), or(isNull(patientProxies.validUntil), gt(patientProxies.validUntil, now)));

/** `may` for a patient, with the grant looked up where one would count. */
export async function mayActFor(tx: Tx, { actor, now }: Context, patientId: string, action: Action): Promise<boolean> {
  if (may(actor, action, { patientId })) return true;
  if (actor.kind !== "user" || !mayAtAll(actor, action)) return false;
  const [grant] = await tx.db
    .select({ capabilities: patientProxies.capabilities })
    .from(patientProxies)
    .where(and(eq(patientProxies.patientId, patientId), eq(patientProxies.userId, actor.userId), liveGrant(now)));
  return may(actor, action, { patientId, ...grant });
}
