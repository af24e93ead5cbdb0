import { z } from "zod";
import { ROLES } from "@/lib/domain/actor";

const instant = z.iso.datetime();

export const meView = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  /** The caller as a patient (`self`), and those they act for. */
  patients: z.array(z.object({ id: z.uuid(), name: z.string(), relationship: z.string() })),
});
export type MeView = z.infer<typeof meView>;

export const sessionView = z.object({
  id: z.uuid(),
  kind: z.enum(["browser", "api"]),
  /** What its owner calls it. */
  name: z.string().nullable(),
  userAgent: z.string().nullable(),
  ipAddress: z.string().nullable(),
  createdAt: instant,
  lastSeenAt: instant,
  /** When it ends if nothing more is done. */
  expiresAt: instant,
  current: z.boolean(),
});
export type SessionView = z.infer<typeof sessionView>;

export const passkeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Kept by a provider as well, so that a lost device does not lose it. */
  backedUp: z.boolean(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export type PasskeyView = z.infer<typeof passkeyView>;

export const secondFactorView = z.object({
  /** The account's role must have one. */
  required: z.boolean(),
  /** When the authenticator app was set up. */
  totpSince: instant.nullable(),
  recoveryCodesLeft: z.number().int(),
  passkeys: z.array(passkeyView),
});
export type SecondFactorView = z.infer<typeof secondFactorView>;

export const totpEnrolmentView = z.object({
  /** base32, to be typed into the app. */
  secret: z.string(),
  /** otpauth://, to be shown as a QR code. */
  uri: z.string(),
});
export type TotpEnrolmentView = z.infer<typeof totpEnrolmentView>;

/** Recovery codes, readable this once; null where those given out before still hold. */
export const recoveryCodesView = z.object({ recoveryCodes: z.array(z.string()).nullable() });
export type RecoveryCodesView = z.infer<typeof recoveryCodesView>;

export const userView = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  disabled: z.boolean(),
  emailVerified: z.boolean(),
  /** Invited, and has not chosen a password yet. */
  invited: z.boolean(),
  version: z.number().int(),
  createdAt: instant,
});
export type UserView = z.infer<typeof userView>;

export const tokensView = z.object({
  accessToken: z.string(),
  tokenType: z.literal("Bearer"),
  /** Seconds. */
  expiresIn: z.number().int(),
  refreshToken: z.string(),
});
export type TokensView = z.infer<typeof tokensView>;
