import "server-only";
import { cookies, headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import type { Actor, Role, UserActor } from "@/lib/domain/actor";
import { sessionIdOfCookie } from "./auth-cookie";
import type { Context } from "./context";
import { db } from "./db";
import { sessionCookieName } from "./host-cookie";
import { type ClientInfo, clientInfo, requestIdOf } from "./request-info";
import { safePath } from "./request-path";
import { liveSession } from "./session";
import { enrolmentRefusal, stepUpRefusal } from "./step-up";

/**
 * Whether somebody did something: opened a page or pressed a button. What a page fetches by itself is not, so that a board that
 * refreshes all night does not stay signed in.
 */
async function isActive(): Promise<boolean> {
  const asked = await headers();
  const what = asked.get("sec-fetch-dest");
  return what === null || what === "document" || asked.has("next-action");
}

/** Who the browser's cookie speaks for, as the account is now. Asked once per request. */
const cookieActor = cache(async (now: Date): Promise<Actor> => {
  const value = (await cookies()).get(sessionCookieName())?.value;
  if (!value) return { kind: "anonymous" };
  const sessionId = await sessionIdOfCookie(db(), value);
  const actor = sessionId === null ? null : await liveSession(sessionId, "browser", now, db(), await isActive());
  return actor ?? { kind: "anonymous" };
});

const arrival = cache(async () => ({ now: new Date(), requestId: requestIdOf({ headers: await headers() }) }));

/**
 * The context of whoever's session this is, also of staff who have yet to set up their second factor (`mustEnrol`): for the action
 * wrapper, for setting one up, and for signing out.
 */
export async function sessionContext(): Promise<Context> {
  const { now, requestId } = await arrival();
  return { db: db(), actor: await cookieActor(now), now, requestId };
}

/** The context of a page or a handler that reads the browser's session. Rejects where the database is away. */
export async function pageContext(): Promise<Context> {
  const ctx = await sessionContext();
  return enrolmentRefusal(ctx.actor) ? { ...ctx, actor: { kind: "anonymous" } } : ctx;
}

/** Address and browser of whoever sent this request. */
export const requestClient = async (): Promise<ClientInfo> => clientInfo({ headers: await headers() });

/** The page that was asked for, with its query: where to come back to after signing in. */
async function askedPath(): Promise<string> {
  return safePath((await headers()).get("x-slotwell-path"));
}

const pathWithNext = async (path: string) => `${path}?next=${encodeURIComponent(await askedPath())}`;

/**
 * The signed-in user of a page, of one of `roles` (any, where none is named). Otherwise leads to the sign-in page and back again,
 * to setting up the second factor that staff must have, or shows the page that says that the role does not allow it.
 */
export async function requireActor(...roles: Role[]): Promise<Context & { actor: UserActor }> {
  const ctx = await sessionContext();
  const { actor } = ctx;
  if (actor.kind !== "user") redirect(await pathWithNext("/sign-in"));
  if (actor.mustEnrol) redirect(await pathWithNext("/account/second-factor"));
  if (roles.length > 0 && !roles.includes(actor.role)) forbidden();
  return { ...ctx, actor };
}

/** As `requireActor` for any role, also for staff who have yet to set up their second factor: for the pages where they do. */
export async function requireSession(): Promise<Context & { actor: UserActor }> {
  const ctx = await sessionContext();
  const { actor } = ctx;
  if (actor.kind !== "user") redirect(await pathWithNext("/sign-in"));
  return { ...ctx, actor };
}

/** Leads to where one confirms who one is, and back, where that was too long ago. */
export async function requireRecent({ actor, now }: Context): Promise<void> {
  if (stepUpRefusal(actor, now)) redirect(await pathWithNext("/account/confirm"));
}

/** As `requireActor`, for pages that show or hand out what needs a sign-in of the last minutes: asks for it and leads back. */
export async function requireRecentActor(...roles: Role[]): Promise<Context & { actor: UserActor }> {
  const ctx = await requireActor(...roles);
  await requireRecent(ctx);
  return ctx;
}
