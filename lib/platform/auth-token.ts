import { jwtVerify, SignJWT } from "jose";
import type { Db } from "@/db/client";
import type { Role } from "@/lib/domain/actor";
import { authSecret } from "./auth-secret";
import { deriveKey } from "./crypto";
import { env } from "./env";
import { remember } from "./remember";

const ISSUER = "slotwell";
const AUDIENCE = "slotwell-api";

const keyOf = async (db: Db) => deriveKey(await authSecret(db), "access-token");

export type AccessTokenFor = { userId: string; sessionId: string; role: Role };

/** A bearer token (RFC 6750), a JWT by HS256. `jti` is the session, which every request looks up; `role` only informs the client. */
export async function signAccessToken(db: Db, who: AccessTokenFor, now: Date): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ role: who.role })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
    .setSubject(who.userId)
    .setJti(who.sessionId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + accessTokenSeconds())
    .sign(await keyOf(db));
}

export const accessTokenSeconds = (): number => env().ACCESS_TOKEN_MINUTES * 60;

type Verified = { sessionId: string; expiresAt: number };

/** Tokens that were found genuine, which they stay; only the time is asked again, and of their sessions `liveSession`. */
const verifiedTokens = new WeakMap<Db, Map<string, Verified>>();
const KEPT_TOKENS = 10_000;

/** The session that a bearer token names; null where it is forged, expired or made for another door. */
export async function sessionIdOfToken(db: Db, token: string, now: Date): Promise<string | null> {
  const kept = verifiedTokens.get(db) ?? new Map<string, Verified>();
  verifiedTokens.set(db, kept);
  const known = kept.get(token);
  if (known) return known.expiresAt > now.getTime() ? known.sessionId : null;
  const key = await keyOf(db);
  const verified = await jwtVerify(token, key, {
    algorithms: ["HS256"],
    issuer: ISSUER,
    audience: AUDIENCE,
    typ: "at+jwt",
    currentDate: now,
    requiredClaims: ["jti", "exp"],
  }).catch(() => null);
  const { jti: sessionId, exp } = verified?.payload ?? {};
  if (!sessionId || !exp) return null;
  remember(kept, token, { sessionId, expiresAt: exp * 1_000 }, KEPT_TOKENS);
  return sessionId;
}
