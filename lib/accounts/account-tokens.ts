import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accountTokens, users } from "@/db/schema";
import { refuse } from "@/lib/domain/result";
import { tokenHash } from "@/lib/platform/crypto";

export type TokenPurpose = "verify_email" | "password_reset" | "invitation";

/** One answer for links that are made up, too old or used: which of them it was is nobody's business. */
export const badToken = () =>
  refuse("validation_failed", {
    errors: [{ path: "token", message: "is not valid any more" }],
    data: { reason: "token_invalid" },
  });

/** The account behind a link that is still good, its row locked; undefined where the link is not. */
export async function accountOfToken(tx: Tx, purpose: TokenPurpose, token: string, now: Date) {
  const [row] = await tx.db
    .select({
      id: users.id,
      email: users.email,
      displayName: users.displayName,
      disabledAt: users.disabledAt,
      hasPassword: sql<boolean>`${users.passwordHash} is not null`,
    })
    .from(accountTokens)
    .innerJoin(users, eq(users.id, accountTokens.userId))
    .where(
      and(
        eq(accountTokens.tokenHash, tokenHash(token)),
        eq(accountTokens.purpose, purpose),
        isNull(accountTokens.usedAt),
        gt(accountTokens.expiresAt, now),
      ),
    )
    .for("no key update");
  return row && !row.disabledAt ? row : undefined;
}

/** A link works once, and with it all others of its kind that were sent to the account. */
export async function spendTokens(tx: Tx, userId: string, purposes: TokenPurpose[], now: Date): Promise<void> {
  for (const purpose of purposes) {
    await tx.db
      .update(accountTokens)
      .set({ usedAt: now })
      .where(and(eq(accountTokens.userId, userId), eq(accountTokens.purpose, purpose), isNull(accountTokens.usedAt)));
  }
}
