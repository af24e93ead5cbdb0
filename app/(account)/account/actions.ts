"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { nextPath } from "@/app/(public)/_account/after-sign-in";
import { challengeId, keepChallengeId, relyingParty, signingInClient } from "@/app/(public)/_account/browser-session";
import { addPasskey, beginPasskey } from "@/lib/accounts/add-passkey";
import { askForPasskey, confirmWithPasskey } from "@/lib/accounts/answer-passkey";
import { changePassword } from "@/lib/accounts/change-password";
import { confirmIdentity } from "@/lib/accounts/confirm-identity";
import { confirmTotp } from "@/lib/accounts/confirm-totp";
import { enrolTotp } from "@/lib/accounts/enrol-totp";
import { removePasskey } from "@/lib/accounts/remove-passkey";
import { removeTotp } from "@/lib/accounts/remove-totp";
import { renamePasskey } from "@/lib/accounts/rename-passkey";
import { renameSession } from "@/lib/accounts/rename-session";
import { renewRecoveryCodes } from "@/lib/accounts/renew-recovery-codes";
import { revokeOtherSessions } from "@/lib/accounts/revoke-other-sessions";
import { revokeSession } from "@/lib/accounts/revoke-session";
import {
  changePasswordInput,
  codeInput,
  confirmIdentityInput,
  newPasskeyInput,
  passkeyAnswerInput,
  removeFactorInput,
  removePasskeyInput,
  renameInput,
  sessionInput,
} from "@/lib/accounts/schemas";
import { ok } from "@/lib/domain/result";
import { action, formAction } from "@/lib/platform/action";

const WORDS = { messages: "account" } as const;
const RECENT = { ...WORDS, stepUp: true } as const;
const ENROLLING = { ...RECENT, whileEnrolling: true } as const;
const nothing = z.strictObject({});
const next = { next: z.string().max(2_000).optional() };

/** Makes a secret for an authenticator app, and leads to where it is shown. */
export const startTotpAction = formAction(
  "signed_in",
  z.strictObject(next),
  async (ctx, { next }) => {
    const enrolled = await enrolTotp(ctx);
    if (!enrolled.ok) return enrolled;
    redirect(`/account/authenticator?next=${encodeURIComponent(await nextPath(next))}`);
  },
  ENROLLING,
);

/** Takes the app's first code; answers the recovery codes, which can be read this once. */
export const confirmTotpAction = formAction("signed_in", codeInput, confirmTotp, ENROLLING);

export const removeTotpAction = formAction(
  "signed_in",
  removeFactorInput,
  async (ctx, input) => {
    const removed = await removeTotp(ctx, input);
    return removed.ok ? redirect("/account?notice=factor_removed") : removed;
  },
  RECENT,
);

export const renewCodesAction = formAction("signed_in", nothing, renewRecoveryCodes, RECENT);

export const beginPasskeyAction = action(
  "signed_in",
  nothing,
  async (ctx) => {
    const begun = await beginPasskey(ctx, await relyingParty());
    if (!begun.ok) return begun;
    await keepChallengeId(begun.value.challengeId);
    return ok(begun.value.options);
  },
  ENROLLING,
);

export const addPasskeyAction = action(
  "signed_in",
  newPasskeyInput,
  async (ctx, input) => {
    const { userAgent } = await signingInClient();
    return addPasskey(ctx, { ...input, userAgent, challengeId: await challengeId(), party: await relyingParty() });
  },
  ENROLLING,
);

export const renamePasskeyAction = formAction(
  "signed_in",
  renameInput,
  async (ctx, input) => {
    const renamed = await renamePasskey(ctx, input);
    return renamed.ok ? redirect("/account?notice=renamed") : renamed;
  },
  WORDS,
);

export const removePasskeyAction = formAction(
  "signed_in",
  removePasskeyInput,
  async (ctx, input) => {
    const removed = await removePasskey(ctx, input);
    return removed.ok ? redirect("/account?notice=passkey_removed") : removed;
  },
  RECENT,
);

export const changePasswordAction = formAction(
  "signed_in",
  changePasswordInput,
  async (ctx, input) => {
    const changed = await changePassword(ctx, input);
    return changed.ok ? redirect("/account?notice=password") : changed;
  },
  RECENT,
);

/** Confirms who one is by password and code; leads on where a path is given. */
export const confirmIdentityAction = formAction(
  "signed_in",
  confirmIdentityInput.extend(next),
  async (ctx, { next, ...input }) => {
    const confirmed = await confirmIdentity(ctx, input, await signingInClient());
    if (confirmed.ok && next) redirect(await nextPath(next));
    return confirmed;
  },
  { ...WORDS, whileEnrolling: true },
);

export const askOwnPasskeyAction = action(
  "signed_in",
  nothing,
  async (ctx) => {
    const asked = await askForPasskey(ctx, "confirm", await relyingParty());
    if (!asked.ok) return asked;
    await keepChallengeId(asked.value.challengeId);
    return ok(asked.value.options);
  },
  { whileEnrolling: true },
);

export const confirmByPasskeyAction = action(
  "signed_in",
  passkeyAnswerInput,
  async (ctx, { credential }) =>
    confirmWithPasskey(ctx, { credential, challengeId: await challengeId(), party: await relyingParty() }),
  { whileEnrolling: true },
);

export const renameSessionAction = formAction(
  "signed_in",
  renameInput,
  async (ctx, input) => {
    const renamed = await renameSession(ctx, input);
    return renamed.ok ? redirect("/account?notice=renamed#sessions") : renamed;
  },
  WORDS,
);

/** Ends one of the account's own sign-ins; the page shows what is left. */
export const endSessionAction = formAction(
  "signed_in",
  sessionInput,
  async (ctx, input) => {
    const ended = await revokeSession(ctx, input);
    return ended.ok ? redirect("/account?notice=ended#sessions") : ended;
  },
  WORDS,
);

/** Ends every sign-in but this one. */
export const endOtherSessionsAction = formAction(
  "signed_in",
  nothing,
  async (ctx) => {
    const ended = await revokeOtherSessions(ctx);
    return ended.ok ? redirect("/account?notice=others#sessions") : ended;
  },
  WORDS,
);
