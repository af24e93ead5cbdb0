import { decode, encode } from "next-auth/jwt";
import type { Db } from "@/db/client";
import { authSecret } from "./auth-secret";
import { env } from "./env";

/** Cookies are for TLS only where the site is reached by TLS. */
export const secureCookies = (): boolean => env().appUrl.startsWith("https://");

/** The name that next-auth gives its session cookie. */
export const sessionCookieName = (): string => `${secureCookies() ? "__Secure-" : ""}next-auth.session-token`;

/** At least as long as any session: whether one has ended is for its row to say. */
export const sessionSeconds = (): number => Math.max(env().SESSION_HOURS, env().STAFF_SESSION_HOURS) * 3600;

/** Same attributes as next-auth's own, so that either may set the cookie and the other end it. */
export const sessionCookieOptions = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: secureCookies(), maxAge: sessionSeconds() }) as const;

/** The encrypted token of a browser's sign-in. It carries the session's id and nothing that grants a right. */
export async function sessionCookie(db: Db, sessionId: string, userId: string): Promise<string> {
  const token = { sub: userId, sid: sessionId };
  return encode({ token, secret: await authSecret(db), maxAge: sessionSeconds() });
}

/** The session's id in a cookie; null where it is forged, expired or not ours. */
export async function sessionIdOfCookie(db: Db, value: string): Promise<string | null> {
  const secret = await authSecret(db);
  const token = await decode({ token: value, secret }).catch(() => null);
  return typeof token?.sid === "string" ? token.sid : null;
}
