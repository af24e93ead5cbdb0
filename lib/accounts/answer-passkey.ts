import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import { and, eq, lte, or, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { passkeys, users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/logger";
import { limitRequest, tooMany } from "@/lib/platform/rate-limit";
import type { ClientInfo } from "@/lib/platform/request-info";
import type { Account } from "./check-credentials";
import { markConfirmed } from "./mark-confirmed";
import { openBrowserSession, type SignedIn } from "./open-browser-session";
import { keepChallenge, type Purpose, type RelyingParty, takeChallenge } from "./passkey-challenge";
import type { PasskeyAnswerInput } from "./schemas";
import { SIGN_INS_FAILED } from "./sign-ins-failed";

type Asking = Exclude<Purpose, "register">;

const userIdFor = ({ actor }: Context, purpose: Asking): string | null =>
  purpose === "confirm" && actor.kind === "user" ? actor.userId : null;

/** What a browser needs to ask for a passkey: any of this site's to sign in, the caller's own to confirm who it is. */
export async function askForPasskey(ctx: Context, purpose: Asking, party: RelyingParty) {
  const userId = userIdFor(ctx, purpose);
  if (purpose === "confirm" && userId === null) return refuse("unauthenticated");
  const own = userId
    ? await withActor(ctx, (tx) => tx.db.select().from(passkeys).where(eq(passkeys.userId, userId)))
    : [];
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    userVerification: "required",
    ...(userId
      ? { allowCredentials: own.map(({ credentialId, transports }) => ({ id: credentialId, transports })) }
      : {}),
  });
  return ok({ options, challengeId: await keepChallenge(ctx, { purpose, userId, challenge: options.challenge }) });
}

type Answer = PasskeyAnswerInput & { challengeId: string | undefined; party: RelyingParty };

async function keyOf(ctx: Context, credentialId: string) {
  const [row] = await withActor(asSystem({ ...ctx, beforeCommit: undefined }, "accounts"), (tx) =>
    tx.db
      .select({ key: passkeys, role: users.role })
      .from(passkeys)
      .innerJoin(users, eq(users.id, passkeys.userId))
      .where(and(eq(passkeys.credentialId, credentialId), sql`${users.disabledAt} is null`)),
  );
  return row;
}

/** Whose passkey has signed this browser's challenge; null where it was none, or a counter went back (a copied key). */
async function ownerOf(ctx: Context, purpose: Asking, answer: Answer): Promise<Account | null> {
  const { credential, party, challengeId } = answer;
  const challenge = await takeChallenge(ctx, challengeId, { purpose, userId: userIdFor(ctx, purpose) });
  const found = challenge ? await keyOf(ctx, credential.id) : undefined;
  if (!challenge || !found) return null;
  const { key, role } = found;
  const checked = await verifyAuthenticationResponse({
    response: credential as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    credential: {
      id: key.credentialId,
      publicKey: new Uint8Array(Buffer.from(key.publicKey, "base64url")),
      counter: key.signCount,
      transports: key.transports,
    },
    requireUserVerification: true,
  }).catch(() => null);
  if (!checked?.verified) return null;
  const { newCounter, credentialBackedUp } = checked.authenticationInfo;
  const used = await withActor(asSystem({ ...ctx, beforeCommit: undefined }, "accounts"), (tx) =>
    tx.db
      .update(passkeys)
      .set({ signCount: newCounter, isBackedUp: credentialBackedUp, lastUsedAt: ctx.now })
      // Of two answers at once with one counter, one is a copy's; keys that do not count stay at nought.
      .where(and(eq(passkeys.id, key.id), or(lte(passkeys.signCount, newCounter - 1), sql`${newCounter} = 0`)))
      .returning({ id: passkeys.id }),
  );
  return used.length === 1 ? { id: key.userId, role } : null;
}

/** Signs a browser in with a passkey, which is both factors at once. Nobody's password guesses stand in its way. */
export async function signInWithPasskey(
  ctx: Context,
  answer: Answer,
  from: ClientInfo,
): Promise<Result<SignedIn, "invalid_credentials" | "rate_limited">> {
  const limit = await limitRequest("codes", from.address);
  if (!limit.allowed) return tooMany(limit, SIGN_INS_FAILED);
  const owner = await ownerOf(ctx, "sign_in", answer);
  if (!owner) {
    log.warn("passkey refused", { requestId: ctx.requestId });
    return refuse("invalid_credentials", { data: { reason: "passkey_not_verified" } });
  }
  return ok(await openBrowserSession(ctx, owner, from));
}

/** The caller proves who it is, for what needs a sign-in of the last minutes. */
export async function confirmWithPasskey(
  ctx: Context,
  answer: Answer,
): Promise<Result<undefined, "unauthenticated" | "invalid_credentials">> {
  const { actor } = ctx;
  if (actor.kind !== "user") return refuse("unauthenticated");
  const owner = await ownerOf(ctx, "confirm", answer);
  if (owner?.id !== actor.userId) return refuse("invalid_credentials", { data: { reason: "passkey_not_verified" } });
  await markConfirmed(ctx, actor);
  return ok();
}
