import { eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { users } from "@/db/schema";
import { ok, type Result } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { tokenHash } from "@/lib/platform/crypto";
import { enqueue } from "@/lib/platform/outbox";
import { limitRequest, tooMany } from "@/lib/platform/rate-limit";
import type { RequestPasswordResetInput } from "./schemas";

/** Has a link sent to the account's address. The answer is the same whether or not there is an account. */
export async function requestPasswordReset(
  ctx: Context,
  { email }: RequestPasswordResetInput,
): Promise<Result<undefined, "rate_limited">> {
  const limit = await limitRequest("reset", `reset:${tokenHash(email.toLowerCase())}`);
  if (!limit.allowed) return tooMany(limit);
  await withActor(asSystem(ctx, "accounts"), async (tx) => {
    const [known] = await tx.db.select().from(users).where(eq(users.email, email));
    if (!known || known.disabledAt) return;
    // Whoever was invited and lost the mail gets the invitation again.
    const topic = known.passwordHash === null ? "account.invited" : "account.password_reset_requested";
    await enqueue(tx, { topic, payload: { userId: known.id } });
  });
  return ok();
}
