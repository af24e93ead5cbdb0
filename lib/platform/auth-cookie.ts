import { decode, encode } from "next-auth/jwt";
import type { Db } from "@/db/client";
import { authSecret } from "./auth-secret";
import { env } from "./env";
import { hostCookieOptions } from "./host-cookie";

/** At least as long as any session: whether one has ended is for its row to say. */
export const sessionSeconds = (): number => Math.max(env().SESSION_HOURS, env().STAFF_SESSION_HOURS) * 3600;

export const sessionCookieOptions = () => ({ ...hostCookieOptions(), maxAge: sessionSeconds() }) as const;

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
