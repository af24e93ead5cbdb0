import "server-only";
import { cookies, headers } from "next/headers";
import { HOME_PATH } from "@/lib/accounts/home-path";
import type { SignedIn } from "@/lib/accounts/open-browser-session";
import { CHALLENGE_SECONDS, type RelyingParty } from "@/lib/accounts/passkey-challenge";
import { PENDING_SECONDS, type PendingSignIn } from "@/lib/accounts/pending-sign-in";
import { sessionCookie, sessionCookieOptions } from "@/lib/platform/auth-cookie";
import type { Context } from "@/lib/platform/context";
import { randomToken } from "@/lib/platform/crypto";
import { hostCookieName, hostCookieOptions, sessionCookieName } from "@/lib/platform/host-cookie";
import { ownOrigin } from "@/lib/platform/own-origin";
import { requestClient } from "@/lib/platform/request";
import type { ClientInfo } from "@/lib/platform/request-info";
import { forgetNext, nextPath } from "./after-sign-in";

const DEVICE = () => hostCookieName("device");
const DEVICE_SECONDS = 400 * 24 * 3600;
const PENDING = () => hostCookieName("sign-in");
const CHALLENGE = () => hostCookieName("passkey");

const options = (maxAge: number) => ({ ...hostCookieOptions(), maxAge });

/** Who signs in, by address and by the browser's own random name; a new one gets a name, which it keeps if it succeeds. */
export async function signingInClient(): Promise<ClientInfo & { device: string }> {
  const known = (await cookies()).get(DEVICE())?.value;
  const isName = known !== undefined && /^[\w-]{43}$/.test(known);
  return { ...(await requestClient()), device: isName ? known : randomToken() };
}

/** Hands the browser its session, and says where to go on. */
export async function enter(
  ctx: Context,
  { sessionId, userId, role }: SignedIn,
  from: { device: string },
  next: string | undefined,
): Promise<string> {
  const jar = await cookies();
  const path = await nextPath(next);
  jar.set(sessionCookieName(), await sessionCookie(ctx.db, sessionId, userId), sessionCookieOptions());
  jar.set(DEVICE(), from.device, options(DEVICE_SECONDS));
  jar.set(PENDING(), "", options(0));
  await forgetNext();
  return path === "/" ? HOME_PATH[role] : path;
}

export const keepPending = async (pending: PendingSignIn): Promise<void> =>
  void (await cookies()).set(PENDING(), pending, options(PENDING_SECONDS));

export const keptPending = async (): Promise<PendingSignIn | undefined> => (await cookies()).get(PENDING())?.value;

export const keepChallengeId = async (id: string): Promise<void> =>
  void (await cookies()).set(CHALLENGE(), id, { ...options(CHALLENGE_SECONDS), sameSite: "strict" });

/** The id of the challenge that this browser was given. */
export const challengeId = async (): Promise<string | undefined> => (await cookies()).get(CHALLENGE())?.value;

/** The site as passkeys know it: the page's own origin, which is on the list of ours. Throws for any other. */
export async function relyingParty(): Promise<RelyingParty> {
  const asked = await headers();
  const sent = asked.get("origin") ?? "";
  const origin = URL.canParse(sent) ? ownOrigin(asked, new URL(sent).protocol) : null;
  if (!origin) throw new Error("a passkey was asked for by a page that is not ours");
  return { id: new URL(origin).hostname, origin };
}
