import { and, eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { patientProxies } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { liveGrant } from "./may-act-for";

/** Ends a grant. By reception and admins, by the patient, or by whoever holds it. */
export async function revokeProxy(
  ctx: Context,
  input: { id: string },
): Promise<Result<undefined, "forbidden" | "not_found">> {
  const { actor, now } = ctx;
  if (!mayAtAll(actor, "proxy.end")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const wanted = and(eq(patientProxies.id, input.id), liveGrant(now));
    const [grant] = await tx.db.select().from(patientProxies).where(wanted).for("no key update");
    // Another parent's grant is nothing that one parent may know of.
    if (!grant || !may(actor, "proxy.end", grant)) return refuse("not_found");
    await tx.db.update(patientProxies).set({ revokedAt: now }).where(eq(patientProxies.id, grant.id));
    return ok();
  });
}
