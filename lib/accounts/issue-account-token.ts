import { withActor } from "@/db/client";
import { accountTokens } from "@/db/schema";
import { asSystem, type Context } from "@/lib/platform/context";
import { randomToken, tokenHash } from "@/lib/platform/crypto";
import type { TokenPurpose } from "./account-tokens";

const HOUR = 3_600_000;
const VALID_MS: Record<TokenPurpose, number> = {
  verify_email: 24 * HOUR,
  password_reset: HOUR,
  invitation: 7 * 24 * HOUR,
};

/**
 * A new single-use link for an account. Only its hash is stored, so it is made when the mail is sent; earlier ones stay good
 * until one is used, as two mails may be under way.
 */
export async function issueAccountToken(
  ctx: Context,
  userId: string,
  purpose: TokenPurpose,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomToken();
  const expiresAt = new Date(ctx.now.getTime() + VALID_MS[purpose]);
  await withActor(asSystem(ctx, "accounts"), (tx) =>
    tx.db.insert(accountTokens).values({ userId, purpose, tokenHash: tokenHash(token), createdAt: ctx.now, expiresAt }),
  );
  return { token, expiresAt };
}
