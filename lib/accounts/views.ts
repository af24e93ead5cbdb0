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
  userAgent: z.string().nullable(),
  ipAddress: z.string().nullable(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  current: z.boolean(),
});
export type SessionView = z.infer<typeof sessionView>;

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
