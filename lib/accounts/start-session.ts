import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { refreshTokens, sessions } from "@/db/schema";
import { accessTokenSeconds, signAccessToken } from "@/lib/platform/auth-token";
import type { Context } from "@/lib/platform/context";
import { randomToken, tokenHash } from "@/lib/platform/crypto";
import { env } from "@/lib/platform/env";
import type { ClientInfo } from "@/lib/platform/request-info";
import type { SessionKind } from "@/lib/platform/session";
import type { Account } from "./check-credentials";
import type { TokensView } from "./views";

const HOUR = 3_600_000;
const lifeMs = (kind: SessionKind) =>
  kind === "browser" ? env().SESSION_HOURS * HOUR : env().REFRESH_TOKEN_DAYS * 24 * HOUR;

type Started = { sessionId: string; expiresAt: Date };

/** A row per sign-in; whatever token is made of it dies with the row. */
export async function startSession(
  tx: Tx,
  userId: string,
  kind: SessionKind,
  from: ClientInfo,
  now: Date,
): Promise<Started> {
  const sessionId = uuidv7();
  const expiresAt = new Date(now.getTime() + lifeMs(kind));
  await tx.db.insert(sessions).values({
    id: sessionId,
    userId,
    kind,
    userAgent: from.userAgent,
    ipAddress: from.address,
    createdAt: now,
    lastSeenAt: now,
    expiresAt,
  });
  return { sessionId, expiresAt };
}

/** The session's next refresh token; it ends when the session does. */
export async function addRefreshToken(tx: Tx, { sessionId, expiresAt }: Started, now: Date): Promise<string> {
  const token = randomToken();
  await tx.db.insert(refreshTokens).values({ sessionId, tokenHash: tokenHash(token), createdAt: now, expiresAt });
  return token;
}

/** What a client of the REST API gets at sign-in and at each refresh (RFC 6749, 5.1, in camel case). */
export async function tokensFor(
  ctx: Context,
  account: Account,
  sessionId: string,
  refreshToken: string,
): Promise<TokensView> {
  const who = { userId: account.id, role: account.role, sessionId };
  return {
    accessToken: await signAccessToken(ctx.db, who, ctx.now),
    tokenType: "Bearer",
    expiresIn: accessTokenSeconds(),
    refreshToken,
  };
}
