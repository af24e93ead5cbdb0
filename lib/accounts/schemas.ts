import { z } from "zod";
import { ROLES } from "@/lib/domain/actor";
import {
  dateField,
  emailField,
  idField,
  type ListInput,
  localeField,
  nameField,
  pageFields,
  timeZoneField,
  versionFields,
} from "@/lib/platform/fields";

/** Judged by `judgePassword`, not here: its reasons are refusals with words of their own. The cap only keeps bodies small. */
const newPasswordField = z.string().min(1, "must not be empty").max(1_000);
const tokenField = z.string().min(1).max(200);
const OLDEST = "1880-01-01";

export const registerPatientInput = z.strictObject({
  email: emailField,
  password: newPasswordField,
  givenName: nameField(100),
  familyName: nameField(100),
  dateOfBirth: dateField.refine((date) => date >= OLDEST, "is too long ago"),
  /** As people write it; kept as E.164. */
  phone: z.string().trim().max(40).optional(),
  timeZone: timeZoneField.optional(),
  locale: localeField.optional(),
});
export type RegisterPatientInput = z.infer<typeof registerPatientInput>;

export const verifyEmailInput = z.strictObject({ token: tokenField });
export type VerifyEmailInput = z.infer<typeof verifyEmailInput>;

const codeField = z.string().trim().min(1).max(40);

export const signInInput = z.strictObject({
  email: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(1_000),
  /** Of an authenticator app, or a recovery code. */
  otp: codeField.optional(),
});
export type SignInInput = z.infer<typeof signInInput>;

/** Room for a token of the wrong kind, which is dead and not malformed. */
export const refreshTokenInput = z.strictObject({ refreshToken: z.string().min(1).max(4_000) });
export type RefreshTokenInput = z.infer<typeof refreshTokenInput>;

export const requestPasswordResetInput = z.strictObject({ email: emailField });
export type RequestPasswordResetInput = z.infer<typeof requestPasswordResetInput>;

export const confirmPasswordResetInput = z.strictObject({ token: tokenField, password: newPasswordField });
export type ConfirmPasswordResetInput = z.infer<typeof confirmPasswordResetInput>;

/** An invitation is taken up as a reset is: with the link's token and a password. */
export const acceptInvitationInput = z.strictObject({ token: tokenField, password: newPasswordField });
export type AcceptInvitationInput = z.infer<typeof acceptInvitationInput>;

/** The second step of signing in; who it is stands in the browser's cookie. */
export const finishSignInInput = z.strictObject({ otp: codeField });

export const codeInput = z.strictObject({ otp: codeField });
export type CodeInput = z.infer<typeof codeInput>;

/** A password again, and the code where the account has one. */
export const confirmIdentityInput = z.strictObject({
  password: z.string().min(1).max(1_000),
  otp: codeField.optional(),
});
export type ConfirmIdentityInput = z.infer<typeof confirmIdentityInput>;

export const changePasswordInput = z.strictObject({ password: newPasswordField });
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

/** `password`: needed with the last factor, as it is all that is left then; the present one if it is long enough. */
export const removeFactorInput = z.strictObject({ password: newPasswordField.optional() });
export type RemoveFactorInput = z.infer<typeof removeFactorInput>;

const label = z.string().trim().min(1).max(60);
export const removePasskeyInput = removeFactorInput.extend({ id: idField });
export type RemovePasskeyInput = z.infer<typeof removePasskeyInput>;
export const renameInput = z.strictObject({ id: idField, name: label });
export type RenameInput = z.infer<typeof renameInput>;

/** WebAuthn Level 3, 5.1: what browsers send, base64url; the inner parts are for the verifier to judge. */
const base64url = z
  .string()
  .regex(/^[\w-]*$/)
  .max(20_000);
const credentialFields = {
  id: base64url.min(1).max(2_000),
  rawId: base64url.max(2_000),
  type: z.literal("public-key"),
  clientExtensionResults: z.record(z.string().max(40), z.unknown()),
  authenticatorAttachment: z.string().max(40).nullish(),
};
export const newPasskeyInput = z.strictObject({
  name: label.optional(),
  credential: z.strictObject({
    ...credentialFields,
    response: z.looseObject({
      clientDataJSON: base64url,
      attestationObject: base64url,
      transports: z.array(z.string().max(20)).max(10).optional(),
    }),
  }),
});
export type NewPasskeyInput = z.infer<typeof newPasskeyInput>;
export const passkeyAnswerInput = z.strictObject({
  credential: z.strictObject({
    ...credentialFields,
    response: z.looseObject({
      clientDataJSON: base64url,
      authenticatorData: base64url,
      signature: base64url,
      userHandle: base64url.nullish(),
    }),
  }),
});
export type PasskeyAnswerInput = z.infer<typeof passkeyAnswerInput>;

export const sessionInput = z.strictObject({ id: idField });
export type SessionInput = z.infer<typeof sessionInput>;

const staffRole = z.enum(["doctor", "receptionist", "admin"]);

export const inviteStaffInput = z.strictObject({ email: emailField, name: nameField(), role: staffRole });
export type InviteStaffInput = z.infer<typeof inviteStaffInput>;

export const listUsersInput = z.strictObject({
  ...pageFields,
  /** Part of the name or of the e-mail address. */
  query: z.string().trim().max(100).optional(),
  role: z.enum(ROLES).optional(),
});
export type ListUsersInput = ListInput<typeof listUsersInput>;

export const userInput = z.strictObject({ id: idField });
export type UserInput = z.infer<typeof userInput>;

export const userChanges = {
  role: z.enum(ROLES).optional(),
  disabled: z.boolean().optional(),
  name: nameField().optional(),
};
export const updateUserInput = z.strictObject({ ...versionFields, ...userChanges });
export type UpdateUserInput = z.infer<typeof updateUserInput>;

export const createAdminInput = z.strictObject({ email: emailField, name: nameField().optional() });
export type CreateAdminInput = z.infer<typeof createAdminInput>;
