import { withActor } from "@/db/client";
import type { Role } from "@/lib/domain/actor";
import { ok, type Result } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import type { ClientInfo } from "@/lib/platform/request-info";
import { type CredentialRefusal, checkCredentials } from "./check-credentials";
import type { SignInInput } from "./schemas";
import { startSession } from "./start-session";

export type SignedIn = { userId: string; role: Role; sessionId: string; expiresAt: Date };

/** Signs a browser in: the session's id goes into its cookie. */
export async function signIn(
  ctx: Context,
  input: SignInInput,
  from: ClientInfo,
): Promise<Result<SignedIn, CredentialRefusal>> {
  const account = await checkCredentials(ctx, input, from);
  if (!account.ok) return account;
  const { id, role } = account.value;
  const session = await withActor(asSystem(ctx, "accounts"), (tx) => startSession(tx, id, "browser", from, ctx.now));
  return ok({ userId: id, role, ...session });
}
