import { and, arrayContains, eq, gt, isNull, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patientProxies } from "@/db/schema";
import type { Context } from "@/lib/platform/context";
import { mayActAsStaff } from "@/lib/platform/permissions";
import type { Capability } from "./schemas";

/** Grants that hold at `now`. */
export const liveGrant = (now: Date) =>
  and(isNull(patientProxies.revokedAt), or(isNull(patientProxies.validUntil), gt(patientProxies.validUntil, now)));

/** Whether the caller may do this for the patient: staff and our own jobs, the patient, or whoever holds a live grant for it. */
export async function mayActFor(tx: Tx, ctx: Context, patientId: string, capability: Capability): Promise<boolean> {
  const { actor } = ctx;
  if (mayActAsStaff(actor)) return true;
  if (actor.kind !== "user") return false;
  if (actor.patientId === patientId) return true;
  const [grant] = await tx.db
    .select({ id: patientProxies.id })
    .from(patientProxies)
    .where(
      and(
        eq(patientProxies.patientId, patientId),
        eq(patientProxies.userId, actor.userId),
        arrayContains(patientProxies.capabilities, [capability]),
        liveGrant(ctx.now),
      ),
    );
  return grant !== undefined;
}
