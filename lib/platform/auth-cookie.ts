import { createHash } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import type { Db } from "@/db/client";
import { authSecret } from "./auth-secret";
import { env } from "./env";
import { hostCookieOptions } from "./host-cookie";
import { remember } from "./remember";

/** At least as long as any session: whether one has ended is for its row to say. */
export const sessionSeconds = (): number => Math.max(env().SESSION_HOURS, env().STAFF_SESSION_HOURS) * 3600;

export const sessionCookieOptions = () => ({ ...hostCookieOptions(), maxAge: sessionSeconds() }) as const;

/** The encrypted token of a browser's sign-in. It carries the session's id and nothing that grants a right. */
export async function sessionCookie(db: Db, sessionId: string, userId: string): Promise<string> {
  const token = { sub: userId, sid: sessionId };
  return encode({ token, secret: await authSecret(db), maxAge: sessionSeconds() });
}

/** What a cookie says never changes, and opening it costs a request a millisecond; by its hash, so that no sign-in lies about in memory. */
const opened = new Map<string, string>();
const MOST_OPENED = 10_000;

/** The session's id in a cookie; null where it is forged, expired or not ours. */
export async function sessionIdOfCookie(db: Db, value: string): Promise<string | null> {
  const secret = await authSecret(db);
  const key = createHash("sha256").update(secret).update(value).digest("base64");
  const known = opened.get(key);
  if (known) return known;
  const token = await decode({ token: value, secret }).catch(() => null);
  if (typeof token?.sid !== "string") return null;
  remember(opened, key, token.sid, MOST_OPENED);
  return token.sid;
}
