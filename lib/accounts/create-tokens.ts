import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import type { ClientInfo } from "@/lib/platform/request-info";
import { type CredentialRefusal, checkAllFactors } from "./check-credentials";
import type { SignInInput } from "./schemas";
import { addRefreshToken, startSession, tokensFor } from "./start-session";
import type { TokensView } from "./views";

/** Signs a program in: an access token and the first refresh token of a family. */
export async function createTokens(
  ctx: Context,
  input: SignInInput,
  from: ClientInfo,
): Promise<Result<TokensView, CredentialRefusal | "otp_required">> {
  const account = await checkAllFactors(ctx, input, from);
  if (!account.ok) return account;
  const made = await withActor(asSystem(ctx, "accounts"), async (tx) => {
    const session = await startSession(tx, account.value, "api", from, ctx.now);
    return { ...session, refreshToken: await addRefreshToken(tx, session, ctx.now) };
  });
  return ok(await tokensFor(ctx, account.value, made.sessionId, made.refreshToken));
}
