import { eq, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { users } from "@/db/schema";
import { ok, type Result } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { accountOfToken, badToken, spendTokens } from "./account-tokens";
import type { VerifyEmailInput } from "./schemas";

/** Takes the link of the mail as proof that the address is the account's. */
export function verifyEmail(
  ctx: Context,
  { token }: VerifyEmailInput,
): Promise<Result<undefined, "validation_failed">> {
  return withActor(asSystem(ctx, "accounts"), async (tx) => {
    const account = await accountOfToken(tx, "verify_email", token, ctx.now);
    if (!account) return badToken();
    await tx.db
      .update(users)
      .set({ emailVerifiedAt: ctx.now, updatedAt: ctx.now, version: sql`${users.version} + 1` })
      .where(eq(users.id, account.id));
    await spendTokens(tx, account.id, ["verify_email"], ctx.now);
    return ok();
  });
}
