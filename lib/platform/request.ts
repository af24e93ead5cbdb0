import "server-only";
import { cookies, headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import type { Actor, Role, UserActor } from "@/lib/domain/actor";
import { sessionCookieName, sessionIdOfCookie } from "./auth-cookie";
import type { Context } from "./context";
import { db } from "./db";
import { type ClientInfo, clientInfo, requestIdOf } from "./request-info";
import { safePath } from "./request-path";
import { liveSession } from "./session";

/** Who the browser's cookie speaks for, as the account is now. Asked once per request. */
const cookieActor = cache(async (now: Date): Promise<Actor> => {
  const value = (await cookies()).get(sessionCookieName())?.value;
  if (!value) return { kind: "anonymous" };
  const sessionId = await sessionIdOfCookie(db(), value);
  const actor = sessionId === null ? null : await liveSession(sessionId, "browser", now);
  return actor ?? { kind: "anonymous" };
});

const arrival = cache(async () => ({ now: new Date(), requestId: requestIdOf({ headers: await headers() }) }));

/** The context of a page, an action or a handler that reads the browser's session. Rejects where the database is away. */
export async function pageContext(): Promise<Context> {
  const { now, requestId } = await arrival();
  return { db: db(), actor: await cookieActor(now), now, requestId };
}

/** Address and browser of whoever sent this request. */
export const requestClient = async (): Promise<ClientInfo> => clientInfo({ headers: await headers() });

/** The page that was asked for, with its query: where to come back to after signing in. */
async function askedPath(): Promise<string> {
  return safePath((await headers()).get("x-slotwell-path"));
}

/**
 * The signed-in user of a page, of one of `roles` (any, where none is named). Otherwise leads to the sign-in page and back again,
 * or shows the page that says that the role does not allow it.
 */
export async function requireActor(...roles: Role[]): Promise<Context & { actor: UserActor }> {
  const ctx = await pageContext();
  const { actor } = ctx;
  if (actor.kind !== "user") redirect(`/sign-in?next=${encodeURIComponent(await askedPath())}`);
  if (roles.length > 0 && !roles.includes(actor.role)) forbidden();
  return { ...ctx, actor };
}
