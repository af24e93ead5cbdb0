import { z } from "zod";
import {
  confirmPasswordResetInput,
  inviteStaffInput,
  listUsersInput,
  refreshTokenInput,
  registerPatientInput,
  requestPasswordResetInput,
  signInInput,
  updateUserInput,
  verifyEmailInput,
} from "@/lib/accounts/schemas";
import { meView, sessionView, tokensView, userView } from "@/lib/accounts/views";
import { defineCall } from "@/lib/platform/api";
import { idParams, listOf } from "./shapes";

const tag = "Accounts";
const tokens = tokensView.meta({ id: "Tokens" });
const user = userView.meta({ id: "User" });
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
  response: listOf(sessionView.meta({ id: "Session" })),
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
});
