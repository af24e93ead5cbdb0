import { asc, eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { passkeys, totpSecrets } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { needsSecondFactor } from "@/lib/platform/second-factor-rule";
import { factorsOf } from "./factors";
import { passkeyViewOf } from "./passkey-row";
import type { SecondFactorView } from "./views";

/** What the caller's account has beside its password. */
export async function getSecondFactor(ctx: Context): Promise<Result<SecondFactorView, "forbidden">> {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  return withActor(asSystem(ctx, "accounts"), async (tx) => {
    const { codesLeft } = await factorsOf(tx, actor.userId);
    const [totp] = await tx.db
      .select({ confirmedAt: totpSecrets.confirmedAt })
      .from(totpSecrets)
      .where(eq(totpSecrets.userId, actor.userId));
    const keys = await tx.db
      .select()
      .from(passkeys)
      .where(eq(passkeys.userId, actor.userId))
      .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
    return ok({
      required: needsSecondFactor(actor.role),
      totpSince: totp?.confirmedAt?.toISOString() ?? null,
      recoveryCodesLeft: codesLeft,
      passkeys: keys.map(passkeyViewOf),
    });
  });
}
