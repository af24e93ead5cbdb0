import { eq, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { users } from "@/db/schema";
import { ok, type Result } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { forgetSessions } from "@/lib/platform/session";
import { accountOfToken, badToken, spendTokens, type TokenPurpose } from "./account-tokens";
import { endSessions } from "./end-sessions";
import { hasSecondFactor } from "./factors";
import { hashPassword } from "./password";
import { passwordRefusal } from "./password-refusal";

type Choice = { purpose: TokenPurpose; token: string; password: string };

/** Sets a password by a mailed link, which also proves the address; whoever was signed in is signed out everywhere. */
export async function choosePassword(
  ctx: Context,
  { purpose, token, password }: Choice,
): Promise<Result<undefined, "validation_failed">> {
  const result = await withActor(asSystem(ctx, "accounts"), async (tx) => {
    const account = await accountOfToken(tx, purpose, token, ctx.now);
    if (!account) return badToken();
    // A refused password leaves the link good for another try.
    const about = [account.email, account.displayName];
    const refusal = passwordRefusal(password, about, await hasSecondFactor(tx, account.id));
    if (refusal) return refusal;
    await tx.db
      .update(users)
      .set({
        passwordHash: await hashPassword(password),
        emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, ${ctx.now.toISOString()}::timestamptz)`,
        updatedAt: ctx.now,
        version: sql`${users.version} + 1`,
      })
      .where(eq(users.id, account.id));
    if (account.hasPassword) await enqueue(tx, { topic: "account.password_changed", payload: { userId: account.id } });
    await spendTokens(tx, account.id, ["password_reset", "invitation", "verify_email"], ctx.now);
    return ok(await endSessions(tx, account.id, "password_reset", ctx.now));
  });
  if (!result.ok) return result;
  forgetSessions(result.value);
  return ok();
}
