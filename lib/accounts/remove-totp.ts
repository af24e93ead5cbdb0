import { eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { totpSecrets } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { afterRemoval, lockAccount } from "./factors";
import type { RemoveFactorInput } from "./schemas";

type Refusal = "forbidden" | "not_found" | "policy_refused" | "validation_failed";

/** Takes the caller's authenticator app away. With the last factor goes the right to a short password. */
export async function removeTotp(ctx: Context, { password }: RemoveFactorInput): Promise<Result<undefined, Refusal>> {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  return withActor(asSystem(ctx, "accounts"), async (tx) => {
    await lockAccount(tx, actor.userId);
    const gone = await tx.db.delete(totpSecrets).where(eq(totpSecrets.userId, actor.userId)).returning();
    if (!gone[0]?.confirmedAt) return refuse("not_found");
    const refusal = await afterRemoval(tx, actor, password, ctx.now);
    if (refusal) return refusal;
    await enqueue(tx, { topic: "account.second_factor_changed", payload: { userId: actor.userId } });
    return ok();
  });
}
