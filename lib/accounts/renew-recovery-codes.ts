import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { hasSecondFactor, lockAccount } from "./factors";
import { replaceRecoveryCodes } from "./recovery-codes";
import type { RecoveryCodesView } from "./views";

/** Ten new recovery codes; all before them are void. */
export async function renewRecoveryCodes(ctx: Context): Promise<Result<RecoveryCodesView, "forbidden" | "conflict">> {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  return withActor(asSystem(ctx, "accounts"), async (tx) => {
    await lockAccount(tx, actor.userId);
    if (!(await hasSecondFactor(tx, actor.userId)))
      return refuse("conflict", { detail: "There is no second factor to recover.", data: { reason: "no_factor" } });
    return ok({ recoveryCodes: await replaceRecoveryCodes(tx, actor.userId, ctx.now) });
  });
}
