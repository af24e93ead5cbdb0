import { and, eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { passkeys } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { afterRemoval, lockAccount } from "./factors";
import type { RemovePasskeyInput } from "./schemas";

type Refusal = "forbidden" | "not_found" | "policy_refused" | "validation_failed";

/** Takes one of the caller's own passkeys away. With the last factor goes the right to a short password. */
export async function removePasskey(
  ctx: Context,
  { id, password }: RemovePasskeyInput,
): Promise<Result<undefined, Refusal>> {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  return withActor(asSystem(ctx, "accounts"), async (tx) => {
    await lockAccount(tx, actor.userId);
    const gone = await tx.db
      .delete(passkeys)
      .where(and(eq(passkeys.id, id), eq(passkeys.userId, actor.userId)))
      .returning({ id: passkeys.id });
    if (gone.length === 0) return refuse("not_found");
    const refusal = await afterRemoval(tx, actor, password, ctx.now);
    if (refusal) return refusal;
    await enqueue(tx, { topic: "account.second_factor_changed", payload: { userId: actor.userId } });
    return ok();
  });
}
