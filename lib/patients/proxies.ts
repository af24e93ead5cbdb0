import { and, asc, eq, inArray } from "drizzle-orm";
import { withActor } from "@/db/client";
import { patientProxies, patients, users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { liveGrant } from "./may-act-for";
import type { ProxyView } from "./views";

type Grant = typeof patientProxies.$inferSelect;

export const proxyOf = (row: Grant & { name: string; email: string }): ProxyView => ({
  id: row.id,
  patientId: row.patientId,
  userId: row.userId,
  name: row.name,
  email: row.email,
  relationship: row.relationship,
  capabilities: row.capabilities,
  validUntil: row.validUntil?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

/** Who may act for a patient now. Reception, admins and the patient see all of them; whoever holds a grant sees their own. */
export async function listProxies(
  ctx: Context,
  input: { patientId: string },
): Promise<Result<{ items: ProxyView[] }, "not_found">> {
  const { actor, now } = ctx;
  const grants = await withActor(ctx, async (tx) => {
    const [patient] = await tx.db.select({ id: patients.id }).from(patients).where(eq(patients.id, input.patientId));
    if (!patient) return null;
    return tx.db
      .select()
      .from(patientProxies)
      .where(and(eq(patientProxies.patientId, input.patientId), liveGrant(now)))
      .orderBy(asc(patientProxies.id));
  });
  if (!grants) return refuse("not_found");
  const seesAll = may(actor, "proxy.read", input);
  const seen = grants.filter((grant) => seesAll || may(actor, "proxy.read", { userId: grant.userId }));
  // Names of accounts are closed to patients; these are of people whose grants they see.
  const holders = await withActor({ ...asSystem(ctx, "list-proxies"), beforeCommit: undefined }, (tx) => {
    const ids = seen.map(({ userId }) => userId);
    return tx.db
      .select({ id: users.id, name: users.displayName, email: users.email })
      .from(users)
      .where(inArray(users.id, ids));
  });
  const byId = new Map(holders.map((holder) => [holder.id, holder]));
  const items = seen.flatMap((grant) => {
    const holder = byId.get(grant.userId);
    return holder ? [proxyOf({ ...grant, name: holder.name, email: holder.email })] : [];
  });
  return ok({ items });
}
