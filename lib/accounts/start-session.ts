import { desc, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { refreshTokens, sessions } from "@/db/schema";
import type { Role } from "@/lib/domain/actor";
import { accessTokenSeconds, signAccessToken } from "@/lib/platform/auth-token";
import type { Context } from "@/lib/platform/context";
import { randomToken, tokenHash } from "@/lib/platform/crypto";
import { env } from "@/lib/platform/env";
import { enqueue } from "@/lib/platform/outbox";
import type { ClientInfo } from "@/lib/platform/request-info";
import type { SessionKind } from "@/lib/platform/session";
import type { Account } from "./check-credentials";
import { deviceOf, networkOf } from "./device";
import type { TokensView } from "./views";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** More sign-ins than these need not be looked at to know a device. */
const HISTORY = 100;

type Limits = { lifeMs: number; idleSeconds: number | null };

/** How long a sign-in lasts: a browser's by role (NIST SP 800-63B-4, 2.2.3), a program's as long as its refresh tokens. */
export function limitsOf(kind: SessionKind, role: Role): Limits {
  const { SESSION_HOURS, SESSION_IDLE_MINUTES, STAFF_SESSION_HOURS, STAFF_SESSION_IDLE_MINUTES } = env();
  if (kind === "api") return { lifeMs: env().REFRESH_TOKEN_DAYS * 24 * HOUR, idleSeconds: null };
  return role === "patient"
    ? { lifeMs: SESSION_HOURS * HOUR, idleSeconds: SESSION_IDLE_MINUTES * 60 }
    : { lifeMs: STAFF_SESSION_HOURS * HOUR, idleSeconds: STAFF_SESSION_IDLE_MINUTES * 60 };
}

type Started = { sessionId: string; expiresAt: Date };

/** Whether an account with a history is signed in to from a browser, or a kind of device and a network, that it never was before. */
async function isNewPlace(tx: Tx, userId: string, { address, userAgent, device }: ClientInfo): Promise<boolean> {
  const before = await tx.db
    .select({ deviceHash: sessions.deviceHash, userAgent: sessions.userAgent, ipAddress: sessions.ipAddress })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.createdAt))
    .limit(HISTORY);
  const hash = device ? tokenHash(device) : null;
  const kindOf = (agent: string | null) => JSON.stringify(deviceOf(agent) ?? agent);
  const isKnown = before.some(
    (past) =>
      (hash !== null && past.deviceHash === hash) ||
      (kindOf(past.userAgent) === kindOf(userAgent) && networkOf(past.ipAddress ?? "") === networkOf(address)),
  );
  return before.length > 0 && !isKnown;
}

/** A row per sign-in; whatever token is made of it dies with the row. The owner is told of one from a new place. */
export async function startSession(
  tx: Tx,
  account: Account,
  kind: SessionKind,
  from: ClientInfo,
  now: Date,
): Promise<Started> {
  const sessionId = uuidv7();
  const { lifeMs, idleSeconds } = limitsOf(kind, account.role);
  const expiresAt = new Date(now.getTime() + lifeMs);
  const isNew = await isNewPlace(tx, account.id, from);
  await tx.db.insert(sessions).values({
    id: sessionId,
    userId: account.id,
    kind,
    userAgent: from.userAgent,
    ipAddress: from.address,
    deviceHash: from.device ? tokenHash(from.device) : null,
    createdAt: now,
    lastSeenAt: now,
    authenticatedAt: now,
    idleSeconds,
    expiresAt,
  });
  if (isNew) await enqueue(tx, { topic: "account.new_sign_in", payload: { userId: account.id } });
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
