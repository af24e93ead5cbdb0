import { z } from "zod";
import {
  changePasswordInput,
  codeInput,
  confirmPasswordResetInput,
  inviteStaffInput,
  listUsersInput,
  refreshTokenInput,
  registerPatientInput,
  removeFactorInput,
  renameInput,
  requestPasswordResetInput,
  signInInput,
  updateUserInput,
  verifyEmailInput,
} from "@/lib/accounts/schemas";
import {
  meView,
  passkeyView,
  recoveryCodesView,
  secondFactorView,
  sessionView,
  tokensView,
  totpEnrolmentView,
  userView,
} from "@/lib/accounts/views";
import { defineCall } from "@/lib/platform/api";
import { idParams, listOf } from "./shapes";

const tag = "Accounts";
const tokens = tokensView.meta({ id: "Tokens" });
const user = userView.meta({ id: "User" });
const session = sessionView.meta({ id: "Session" });
const passkey = passkeyView.meta({ id: "Passkey" });
const recoveryCodes = recoveryCodesView.meta({ id: "RecoveryCodes" });
/** The same for everybody, so that nobody learns who has an account. */
const accepted = z.object({ status: z.literal("accepted") });

export const register = defineCall({
  method: "POST",
  path: "/auth/register",
  summary: "Register as a patient; the answer is always the same, the mail tells",
  tag,
  access: "public",
  body: registerPatientInput,
  status: 202,
  response: accepted,
});
export const verifyEmail = defineCall({
  method: "POST",
  path: "/auth/verify-email",
  summary: "Confirm an e-mail address with the token of its mail",
  tag,
  access: "public",
  body: verifyEmailInput,
  status: 204,
  limit: "codes",
});
export const createToken = defineCall({
  method: "POST",
  path: "/auth/token",
  summary: "Sign in: an access token and a refresh token",
  tag,
  access: "public",
  body: signInInput,
  status: 200,
  response: tokens,
  refusals: ["invalid_credentials", "otp_required"],
});
export const refresh = defineCall({
  method: "POST",
  path: "/auth/refresh",
  summary: "New tokens for old; a refresh token used twice ends its whole session",
  tag,
  access: "public",
  body: refreshTokenInput,
  status: 200,
  response: tokens,
});
export const revoke = defineCall({
  method: "POST",
  path: "/auth/revoke",
  summary: "Sign out: end the session of a refresh token",
  tag,
  access: "public",
  body: refreshTokenInput,
  status: 204,
});
export const requestReset = defineCall({
  method: "POST",
  path: "/auth/password-reset",
  summary: "Ask for a link that sets a new password",
  tag,
  access: "public",
  body: requestPasswordResetInput,
  status: 202,
  response: accepted,
});
export const confirmReset = defineCall({
  method: "POST",
  path: "/auth/password-reset/confirm",
  summary: "Set a new password; ends every session",
  tag,
  access: "public",
  body: confirmPasswordResetInput,
  status: 204,
  limit: "codes",
});

export const getMe = defineCall({
  method: "GET",
  path: "/me",
  summary: "Who is signed in, and whom they stand for",
  tag,
  access: "signed_in",
  status: 200,
  response: meView.meta({ id: "Me" }),
});
export const listSessions = defineCall({
  method: "GET",
  path: "/me/sessions",
  summary: "The caller's live sign-ins",
  tag,
  access: "signed_in",
  status: 200,
  response: listOf(session),
});
export const deleteSession = defineCall({
  method: "DELETE",
  path: "/me/sessions/{id}",
  summary: "End one of them",
  tag,
  access: "signed_in",
  params: idParams,
  status: 204,
});

export const deleteOtherSessions = defineCall({
  method: "DELETE",
  path: "/me/sessions",
  summary: "End all of them but the one that asks",
  tag,
  access: "signed_in",
  status: 204,
});
export const renameSession = defineCall({
  method: "PATCH",
  path: "/me/sessions/{id}",
  summary: "Name one of them",
  tag,
  access: "signed_in",
  params: idParams,
  body: renameInput.omit({ id: true }),
  status: 200,
  response: session,
});
export const changePassword = defineCall({
  method: "POST",
  path: "/me/password",
  summary: "Choose a new password; ends all other sign-ins",
  tag,
  access: "signed_in",
  body: changePasswordInput,
  status: 204,
  stepUp: true,
  whileEnrolling: true,
});
export const getSecondFactor = defineCall({
  method: "GET",
  path: "/me/second-factor",
  summary: "What the account has beside its password",
  tag,
  access: "signed_in",
  status: 200,
  response: secondFactorView.meta({ id: "SecondFactor" }),
  whileEnrolling: true,
});
export const enrolTotp = defineCall({
  method: "POST",
  path: "/me/second-factor/totp",
  summary: "A secret for an authenticator app; it counts once its first code has come back",
  tag,
  access: "signed_in",
  status: 201,
  response: totpEnrolmentView.meta({ id: "TotpEnrolment" }),
  refusals: ["conflict"],
  stepUp: true,
  whileEnrolling: true,
});
export const confirmTotp = defineCall({
  method: "POST",
  path: "/me/second-factor/totp/confirm",
  summary: "The app's first code; with the first factor come ten recovery codes",
  tag,
  access: "signed_in",
  body: codeInput,
  status: 200,
  response: recoveryCodes,
  refusals: ["conflict"],
  stepUp: true,
  whileEnrolling: true,
});
export const removeTotp = defineCall({
  method: "POST",
  path: "/me/second-factor/totp/remove",
  summary: "Remove the authenticator app; with the last factor, `password` must be long enough to stand alone",
  tag,
  access: "signed_in",
  body: removeFactorInput,
  status: 204,
  refusals: ["policy_refused", "not_found"],
  stepUp: true,
});
export const renewRecoveryCodes = defineCall({
  method: "POST",
  path: "/me/second-factor/recovery-codes",
  summary: "Ten new recovery codes; those before are void",
  tag,
  access: "signed_in",
  status: 201,
  response: recoveryCodes,
  refusals: ["conflict"],
  stepUp: true,
});
export const renamePasskey = defineCall({
  method: "PATCH",
  path: "/me/passkeys/{id}",
  summary: "Name a passkey (a browser makes them)",
  tag,
  access: "signed_in",
  params: idParams,
  body: renameInput.omit({ id: true }),
  status: 200,
  response: passkey,
});
export const removePasskey = defineCall({
  method: "POST",
  path: "/me/passkeys/{id}/remove",
  summary: "Remove a passkey; with the last factor, `password` must be long enough to stand alone",
  tag,
  access: "signed_in",
  params: idParams,
  body: removeFactorInput,
  status: 204,
  refusals: ["policy_refused"],
  stepUp: true,
});

export const listUsers = defineCall({
  method: "GET",
  path: "/users",
  summary: "Accounts, in order of name",
  tag,
  access: "admin",
  query: z.object(listUsersInput.shape),
  status: 200,
  response: listOf(user),
});
export const getUser = defineCall({
  method: "GET",
  path: "/users/{id}",
  summary: "One account",
  tag,
  access: "admin",
  params: idParams,
  status: 200,
  response: user,
  versioned: true,
});
export const createUser = defineCall({
  method: "POST",
  path: "/users",
  summary: "Invite a member of staff by mail",
  tag,
  access: "admin",
  body: inviteStaffInput,
  status: 201,
  response: user,
  refusals: ["conflict"],
  creates: true,
  versioned: true,
  stepUp: true,
});
export const updateUser = defineCall({
  method: "PATCH",
  path: "/users/{id}",
  summary: "Change role, name, or whether the account may sign in",
  tag,
  access: "admin",
  params: idParams,
  body: updateUserInput.omit({ id: true, expectedVersion: true }),
  status: 200,
  response: user,
  refusals: ["conflict", "last_admin"],
  versioned: true,
  stepUp: true,
});
export const resetUserSecondFactor = defineCall({
  method: "POST",
  path: "/users/{id}/reset-second-factor",
  summary: "For somebody who has lost them: ends their sign-ins, and has a link for a new password sent",
  tag,
  access: "admin",
  params: idParams,
  status: 204,
  stepUp: true,
});
