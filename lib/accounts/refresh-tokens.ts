import { and, eq, isNull } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { refreshTokens as refreshTokenRows, sessions, users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { tokenHash } from "@/lib/platform/crypto";
import { forgetSessions } from "@/lib/platform/session";
import type { Account } from "./check-credentials";
import type { RefreshTokenInput } from "./schemas";
import { addRefreshToken, tokensFor } from "./start-session";
import type { TokensView } from "./views";

const dead = () => refuse("unauthenticated", { detail: "The refresh token is not valid any more." });

async function findFamily(tx: Tx, refreshToken: string) {
  const [row] = await tx.db
    .select({ token: refreshTokenRows, session: sessions, role: users.role, disabledAt: users.disabledAt })
    .from(refreshTokenRows)
    .innerJoin(sessions, eq(sessions.id, refreshTokenRows.sessionId))
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(refreshTokenRows.tokenHash, tokenHash(refreshToken)))
    // The session's row too: two uses of one token at once are told apart.
    .for("update", { of: [sessions, refreshTokenRows] });
  return row;
}

type Outcome =
  | { kind: "dead" }
  | { kind: "reused"; sessionId: string }
  | ({ kind: "next"; refreshToken: string; sessionId: string } & Account);

async function rotate(tx: Tx, refreshToken: string, now: Date): Promise<Outcome> {
  const family = await findFamily(tx, refreshToken);
  if (!family || family.session.revokedAt || family.disabledAt || family.session.expiresAt <= now)
    return { kind: "dead" };
  const { token, session, role } = family;
  if (token.usedAt) {
    await tx.db
      .update(sessions)
      .set({ revokedAt: now, revokedReason: "token_reuse" })
      .where(and(eq(sessions.id, session.id), isNull(sessions.revokedAt)));
    return { kind: "reused", sessionId: session.id };
  }
  await tx.db.update(refreshTokenRows).set({ usedAt: now }).where(eq(refreshTokenRows.id, token.id));
  const next = await addRefreshToken(tx, { sessionId: session.id, expiresAt: session.expiresAt }, now);
  return { kind: "next", refreshToken: next, sessionId: session.id, id: session.userId, role };
}

/**
 * Exchanges a refresh token for new tokens; it works once. One that comes a second time was copied, so the whole family ends, its
 * access tokens too (RFC 9700, 4.14.2).
 */
export async function refreshTokens(
  ctx: Context,
  { refreshToken }: RefreshTokenInput,
): Promise<Result<TokensView, "unauthenticated">> {
  const outcome = await withActor(asSystem(ctx, "accounts"), (tx) => rotate(tx, refreshToken, ctx.now));
  // The end of the family must be kept, so it is no refusal inside the transaction.
  if (outcome.kind === "reused") forgetSessions([outcome.sessionId]);
  if (outcome.kind !== "next") return dead();
  return ok(await tokensFor(ctx, outcome, outcome.sessionId, outcome.refreshToken));
}
