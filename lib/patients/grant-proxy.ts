import { and, eq, isNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { patientProxies, patients, users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import { proxyOf } from "./proxies";
import type { GrantProxyInput } from "./schemas";
import type { ProxyView } from "./views";

type Refusal = "forbidden" | "not_found" | "validation_failed";

/**
 * Lets an account act for a patient; an earlier grant to it ends. By reception and admins, or by the patient, once of age.
 * The account must be a patient's and verified.
 */
export async function grantProxy(ctx: Context, input: GrantProxyInput): Promise<Result<ProxyView, Refusal>> {
  const { actor, now } = ctx;
  if (!mayAtAll(actor, "proxy.grant")) return refuse("forbidden");
  const mayGrant = may(actor, "proxy.grant", input);
  const validUntil = input.validUntil ? new Date(input.validUntil) : null;
  if (validUntil && validUntil <= now) return invalid("validUntil", "must lie ahead");
  const account = mayGrant ? await findAccount(ctx, input.email) : null;

  return withActor(ctx, async (tx) => {
    const [patient] = await tx.db
      .select({ userId: patients.userId, dateOfBirth: patients.dateOfBirth })
      .from(patients)
      .where(eq(patients.id, input.patientId));
    if (!patient) return refuse("not_found");
    // Whoever may for anybody may also for a child.
    if (!mayGrant || !(may(actor, "proxy.grant") || isOfAge(patient.dateOfBirth, now))) return refuse("forbidden");
    if (!account || account.id === patient.userId)
      return invalid("email", "is not the address of another patient's account");

    const { patientId, relationship } = input;
    await tx.db
      .update(patientProxies)
      .set({ revokedAt: now })
      .where(
        and(
          eq(patientProxies.patientId, patientId),
          eq(patientProxies.userId, account.id),
          isNull(patientProxies.revokedAt),
        ),
      );
    const capabilities = [...new Set(["view", ...input.capabilities])];
    const [grant] = await tx.db
      .insert(patientProxies)
      .values({ id: uuidv7(), patientId, userId: account.id, relationship, capabilities, validUntil, createdAt: now })
      .returning();
    if (!grant) throw new Error("insert returned no row");
    return ok(proxyOf({ ...grant, ...account, id: grant.id }));
  });
}

/** Patients can't read other accounts; the address they name is looked up for them. */
const findAccount = (ctx: Context, email: string) =>
  withActor({ ...asSystem(ctx, "grant-proxy"), beforeCommit: undefined }, async (tx) => {
    const [account] = await tx.db
      .select({ id: users.id, name: users.displayName, email: users.email, verified: users.emailVerifiedAt })
      .from(users)
      .where(and(eq(users.email, email), eq(users.role, "patient"), isNull(users.disabledAt)));
    return account?.verified ? account : null;
  });

function isOfAge(dateOfBirth: string | null, now: Date): boolean {
  if (!dateOfBirth) return true;
  const birthday = new Date(`${dateOfBirth}T00:00:00Z`);
  birthday.setUTCFullYear(birthday.getUTCFullYear() + 18);
  return birthday <= now;
}
