import { and, eq, isNull, ne } from "drizzle-orm";
import { withActor } from "@/db/client";
import { sessions, users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { forgetSessions } from "@/lib/platform/session";
import { hasSecondFactor, lockAccount } from "./factors";
import { hashPassword } from "./password";
import { passwordRefusal } from "./password-refusal";
import type { ChangePasswordInput } from "./schemas";

/** Sets the caller's password; every other sign-in of the account ends. The doors ask for a sign-in of the last minutes. */
export async function changePassword(
  ctx: Context,
  { password }: ChangePasswordInput,
): Promise<Result<undefined, "forbidden" | "validation_failed">> {
  const { actor, now } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  const result = await withActor(asSystem(ctx, "accounts"), async (tx) => {
    const account = await lockAccount(tx, actor.userId);
    const about = [account.email, account.displayName];
    const refusal = passwordRefusal(password, about, await hasSecondFactor(tx, actor.userId));
    if (refusal) return refusal;
    await tx.db
      .update(users)
      .set({ passwordHash: await hashPassword(password), updatedAt: now, version: account.version + 1 })
      .where(eq(users.id, account.id));
    await enqueue(tx, { topic: "account.password_changed", payload: { userId: account.id } });
    const ended = await tx.db
      .update(sessions)
      .set({ revokedAt: now, revokedReason: "password_reset" })
      .where(and(eq(sessions.userId, account.id), ne(sessions.id, actor.sessionId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    return ok(ended.map(({ id }) => id));
  });
  if (!result.ok) return result;
  forgetSessions(result.value);
  return ok();
}
