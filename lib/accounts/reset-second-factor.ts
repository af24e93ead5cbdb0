import { eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { passkeys, recoveryCodes, totpSecrets, users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { may } from "@/lib/platform/permissions";
import { forgetSessions } from "@/lib/platform/session";
import { endSessions } from "./end-sessions";
import type { UserInput } from "./schemas";

/**
 * Takes every factor but the password from somebody who has lost them all, and ends their sign-ins. Staff set up a new one at the next
 * sign-in; a password too short to stand alone does not sign in any more: it is set anew by mail.
 */
export async function resetSecondFactor(
  ctx: Context,
  { id }: UserInput,
): Promise<Result<undefined, "forbidden" | "not_found">> {
  const { actor } = ctx;
  if (!may(actor, "account.administrate")) return refuse("forbidden");
  // The rest is our own job's work, which no policy holds back: whose account it may be, the policies say here.
  const [seen] = await withActor({ ...ctx, beforeCommit: undefined }, (tx) =>
    tx.db.select({ id: users.id }).from(users).where(eq(users.id, id)),
  );
  if (!seen) return refuse("not_found");
  const result = await withActor(actor.kind === "system" ? ctx : asSystem(ctx, "accounts"), async (tx) => {
    const [user] = await tx.db.select().from(users).where(eq(users.id, id)).for("no key update");
    if (!user) return refuse("not_found");
    await tx.db.delete(totpSecrets).where(eq(totpSecrets.userId, id));
    await tx.db.delete(recoveryCodes).where(eq(recoveryCodes.userId, id));
    await tx.db.delete(passkeys).where(eq(passkeys.userId, id));
    // How long the password is nobody knows, and it may be short: the owner's mailbox proves them instead.
    await tx.db
      .update(users)
      .set({ passwordHash: null, updatedAt: ctx.now, version: user.version + 1 })
      .where(eq(users.id, id));
    await enqueue(tx, { topic: "account.invited", payload: { userId: id } });
    await enqueue(tx, { topic: "account.second_factor_changed", payload: { userId: id } });
    return ok(await endSessions(tx, id, "factor_reset", ctx.now));
  });
  if (!result.ok) return result;
  forgetSessions(result.value);
  return ok();
}
