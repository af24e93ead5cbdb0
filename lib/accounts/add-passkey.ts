import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { passkeys, users } from "@/db/schema";
import { clinicSettings } from "@/lib/clinic/settings";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { mayKeepAccount } from "@/lib/platform/permissions";
import { forgetSessions } from "@/lib/platform/session";
import { deviceOf } from "./device";
import { firstRecoveryCodes, lockAccount } from "./factors";
import { keepChallenge, type RelyingParty, takeChallenge } from "./passkey-challenge";
import type { NewPasskeyInput } from "./schemas";
import type { RecoveryCodesView } from "./views";

/** More than anybody has; keeps the lists small. */
const MOST = 20;

const cannot = (reason: string, detail: string) => refuse("conflict", { detail, data: { reason } });

/** What a browser needs to make a passkey for the caller's account, and the id of the challenge for its cookie. */
export async function beginPasskey(ctx: Context, party: RelyingParty) {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  const [{ name }, { user, known }] = await Promise.all([
    clinicSettings(ctx.db),
    withActor(ctx, async (tx) => ({
      user: (await tx.db.select().from(users).where(eq(users.id, actor.userId)))[0],
      known: await tx.db.select().from(passkeys).where(eq(passkeys.userId, actor.userId)),
    })),
  ]);
  if (!user) return refuse("forbidden");
  if (known.length >= MOST) return cannot("too_many_passkeys", `An account has at most ${MOST} passkeys.`);
  const options = await generateRegistrationOptions({
    rpName: name,
    rpID: party.id,
    userName: user.email,
    userDisplayName: user.displayName,
    userID: new TextEncoder().encode(actor.userId),
    attestationType: "none",
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  const challengeId = await keepChallenge(ctx, {
    purpose: "register",
    userId: actor.userId,
    challenge: options.challenge,
  });
  return ok({ options, challengeId });
}

type Answer = NewPasskeyInput & { challengeId: string | undefined; party: RelyingParty; userAgent: string | null };

async function verified({ credential, party }: Answer, challenge: string) {
  const answer = await verifyRegistrationResponse({
    response: credential as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
  }).catch(() => null);
  return answer?.verified ? answer.registrationInfo : null;
}

function nameFor({ name, userAgent }: Answer): string {
  const device = deviceOf(userAgent);
  return name ?? (device ? `${device.browser}, ${device.system}` : "Passkey");
}

/** Adds the passkey that the browser has made. With the first factor of an account come recovery codes. */
export async function addPasskey(
  ctx: Context,
  answer: Answer,
): Promise<Result<RecoveryCodesView, "forbidden" | "conflict">> {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  const { userId } = actor;
  const challenge = await takeChallenge(ctx, answer.challengeId, { purpose: "register", userId });
  const info = challenge ? await verified(answer, challenge) : null;
  if (!info) return cannot("passkey_not_verified", "The passkey could not be checked. Try once more.");
  const { id, publicKey, counter } = info.credential;
  const added = await withActor(asSystem(ctx, "accounts"), async (tx) => {
    await lockAccount(tx, userId);
    const rows = await tx.db
      .insert(passkeys)
      .values({
        userId,
        credentialId: id,
        publicKey: Buffer.from(publicKey).toString("base64url"),
        signCount: counter,
        transports: answer.credential.response.transports ?? [],
        isBackedUp: info.credentialBackedUp,
        name: nameFor(answer),
        createdAt: ctx.now,
      })
      .onConflictDoNothing({ target: passkeys.credentialId })
      .returning({ id: passkeys.id });
    if (rows.length === 0) return cannot("passkey_known", "This passkey is in use already.");
    await enqueue(tx, { topic: "account.passkey_added", payload: { userId } });
    return ok({ recoveryCodes: await firstRecoveryCodes(tx, userId, ctx.now) });
  });
  forgetSessions([actor.sessionId]);
  return added;
}
