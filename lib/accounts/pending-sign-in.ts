import { jwtVerify, SignJWT } from "jose";
import { withActor } from "@/db/client";
import type { Role } from "@/lib/domain/actor";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { authSecret } from "@/lib/platform/auth-secret";
import { asSystem, type Context } from "@/lib/platform/context";
import { deriveKey } from "@/lib/platform/crypto";
import type { ClientInfo } from "@/lib/platform/request-info";
import type { CredentialRefusal, Judged } from "./check-credentials";
import { openBrowserSession, type SignedIn } from "./open-browser-session";
import { takeCode } from "./take-code";

/** As long as it takes to find the phone. */
export const PENDING_SECONDS = 600;

/** Says that the password was right; for the browser's cookie. It opens nothing without the code. */
export type PendingSignIn = string;

const keyOf = async (ctx: Context) => deriveKey(await authSecret(ctx.db), "pending-sign-in");

export async function pendingSignIn(ctx: Context, { id, lane, version }: Judged): Promise<PendingSignIn> {
  const issuedAt = Math.floor(ctx.now.getTime() / 1000);
  return new SignJWT({ lane, version })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + PENDING_SECONDS)
    .sign(await keyOf(ctx));
}

type Waiting = { id: string; role: Role; lane: string; hasTotp: boolean; hasPasskey: boolean };

/** Whose code is waited for; null where the password was given too long ago, or the account has changed since. */
export async function waitingSignIn(ctx: Context, pending: PendingSignIn | undefined): Promise<Waiting | null> {
  if (!pending) return null;
  const key = await keyOf(ctx);
  const verified = await jwtVerify(pending, key, { algorithms: ["HS256"], currentDate: ctx.now }).catch(() => null);
  const { sub, lane, version } = verified?.payload ?? {};
  if (!sub || typeof lane !== "string" || typeof version !== "number") return null;
  const [account] = await withActor(
    asSystem(ctx, "accounts"),
    ({ pg }) => pg<Omit<Waiting, "lane">[]>`
      select u.id, u.role, exists (select from passkeys k where k.user_id = u.id) as "hasPasskey",
        exists (select from totp_secrets t where t.user_id = u.id and t.confirmed_at is not null) as "hasTotp"
      from users u where u.id = ${sub} and u.version = ${version} and u.disabled_at is null`,
  );
  return account ? { ...account, lane } : null;
}

/** The second of two steps. */
export async function finishSignIn(
  ctx: Context,
  { otp, pending }: { otp: string; pending: PendingSignIn | undefined },
  from: ClientInfo,
): Promise<Result<SignedIn, CredentialRefusal | "sign_in_expired">> {
  const waiting = await waitingSignIn(ctx, pending);
  if (!waiting) return refuse("sign_in_expired");
  const taken = await takeCode(ctx, { userId: waiting.id, code: otp, lane: waiting.lane });
  return taken.ok ? ok(await openBrowserSession(ctx, waiting, from)) : taken;
}
