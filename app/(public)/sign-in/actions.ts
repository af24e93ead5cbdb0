"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { askForPasskey, signInWithPasskey } from "@/lib/accounts/answer-passkey";
import { finishSignIn } from "@/lib/accounts/pending-sign-in";
import { finishSignInInput, passkeyAnswerInput, signInInput } from "@/lib/accounts/schemas";
import { beginSignIn } from "@/lib/accounts/sign-in";
import { signOut } from "@/lib/accounts/sign-out";
import { ok } from "@/lib/domain/result";
import { action, formAction } from "@/lib/platform/action";
import { sessionCookieOptions } from "@/lib/platform/auth-cookie";
import { sessionCookieName } from "@/lib/platform/host-cookie";
import { sessionContext } from "@/lib/platform/request";
import { nextPath, withNext } from "../_account/after-sign-in";
import {
  challengeId,
  enter,
  keepChallengeId,
  keepPending,
  keptPending,
  relyingParty,
  signingInClient,
} from "../_account/browser-session";

const next = { next: z.string().max(2_000).optional() };

/** Signs in by the form and leads on to where the visitor was going, or to the second step. */
export const signInAction = formAction(
  "public",
  signInInput.extend(next),
  async (ctx, { next, ...credentials }) => {
    const from = await signingInClient();
    const begun = await beginSignIn(ctx, credentials, from);
    if (!begun.ok) return begun;
    if ("session" in begun.value) redirect(await enter(ctx, begun.value.session, from, next));
    await keepPending(begun.value.pending);
    redirect(withNext("/sign-in/code", await nextPath(next)));
  },
  { messages: "auth", whileEnrolling: true },
);

/** The second step: a code of the authenticator app, or a recovery code. */
export const finishSignInAction = formAction(
  "public",
  finishSignInInput.extend(next),
  async (ctx, { next, otp }) => {
    const from = await signingInClient();
    const finished = await finishSignIn(ctx, { otp, pending: await keptPending() }, from);
    if (finished.ok) redirect(await enter(ctx, finished.value, from, next));
    if (finished.code === "sign_in_expired") redirect(withNext("/sign-in?notice=expired", await nextPath(next)));
    return finished;
  },
  { messages: "auth", whileEnrolling: true },
);

/** What the browser asks its authenticator with. */
export const askPasskeyAction = action(
  "public",
  z.strictObject({}),
  async (ctx) => {
    const asked = await askForPasskey(ctx, "sign_in", await relyingParty());
    if (!asked.ok) return asked;
    await keepChallengeId(asked.value.challengeId);
    return ok(asked.value.options);
  },
  { whileEnrolling: true },
);

/** Signs in with a passkey; answers where to go on. */
export const passkeySignInAction = action(
  "public",
  passkeyAnswerInput.extend(next),
  async (ctx, { credential, next }) => {
    const from = await signingInClient();
    const answer = { credential, challengeId: await challengeId(), party: await relyingParty() };
    const signedIn = await signInWithPasskey(ctx, answer, from);
    return signedIn.ok ? ok({ path: await enter(ctx, signedIn.value, from, next) }) : signedIn;
  },
  { whileEnrolling: true },
);

/** Ends the session and its cookie. Takes nothing from the form: it can only end the sender's own. */
export async function signOutAction(): Promise<void> {
  await signOut(await sessionContext());
  (await cookies()).set(sessionCookieName(), "", { ...sessionCookieOptions(), maxAge: 0 });
  redirect("/sign-in?notice=signed_out");
}
