import { eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import type { ClientInfo } from "@/lib/platform/request-info";
import { checkAllFactors } from "./check-credentials";
import { markConfirmed } from "./mark-confirmed";
import type { ConfirmIdentityInput } from "./schemas";

type Refusal = "unauthenticated" | "invalid_credentials" | "otp_required" | "rate_limited";

/** The caller proves who it is by password, and code where the account has one; counted as any sign-in is. */
export async function confirmIdentity(
  ctx: Context,
  input: ConfirmIdentityInput,
  from: ClientInfo,
): Promise<Result<undefined, Refusal>> {
  const { actor } = ctx;
  if (actor.kind !== "user") return refuse("unauthenticated");
  const [user] = await withActor(ctx, (tx) =>
    tx.db.select({ email: users.email }).from(users).where(eq(users.id, actor.userId)),
  );
  if (!user) return refuse("unauthenticated");
  const checked = await checkAllFactors(ctx, { email: user.email, ...input }, from);
  if (!checked.ok) return checked;
  await markConfirmed(ctx, actor);
  return ok();
}
