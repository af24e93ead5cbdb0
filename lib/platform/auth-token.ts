import { jwtVerify, SignJWT } from "jose";
import type { Db } from "@/db/client";
import type { Role } from "@/lib/domain/actor";
import { authSecret } from "./auth-secret";
import { deriveKey } from "./crypto";
import { env } from "./env";

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

/** The session that a bearer token names; null where it is forged, expired or made for another door. */
export async function sessionIdOfToken(db: Db, token: string, now: Date): Promise<string | null> {
  const key = await keyOf(db);
  const verified = await jwtVerify(token, key, {
    algorithms: ["HS256"],
    issuer: ISSUER,
    audience: AUDIENCE,
    typ: "at+jwt",
    currentDate: now,
  }).catch(() => null);
  return verified?.payload.jti ?? null;
}
