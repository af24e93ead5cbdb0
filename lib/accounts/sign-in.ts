import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import type { ClientInfo } from "@/lib/platform/request-info";
import { type CredentialRefusal, checkAllFactors, checkCredentials } from "./check-credentials";
import { openBrowserSession, type SignedIn } from "./open-browser-session";
import { type PendingSignIn, pendingSignIn } from "./pending-sign-in";
import type { SignInInput } from "./schemas";

/** Signs a browser in with all that it takes at once. */
export async function signIn(
  ctx: Context,
  input: SignInInput,
  from: ClientInfo,
): Promise<Result<SignedIn, CredentialRefusal | "otp_required">> {
  const account = await checkAllFactors(ctx, input, from);
  return account.ok ? ok(await openBrowserSession(ctx, account.value, from)) : account;
}

/** The first of two steps: a session, or for an account with a second factor what its code is asked for with. */
export async function beginSignIn(
  ctx: Context,
  input: SignInInput,
  from: ClientInfo,
): Promise<Result<{ session: SignedIn } | { pending: PendingSignIn }, CredentialRefusal>> {
  const judged = await checkCredentials(ctx, input, from);
  if (!judged.ok) return judged;
  const { hasSecondFactor, isCodeTaken } = judged.value;
  if (!hasSecondFactor || isCodeTaken) return ok({ session: await openBrowserSession(ctx, judged.value, from) });
  return ok({ pending: await pendingSignIn(ctx, judged.value) });
}
