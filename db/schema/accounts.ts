import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { citext, createdAt, id, instant, updatedAt, version } from "./columns";
import { isAdminOrSystem, isSystem, ownUser, visibleWhere } from "./policies";

export const users = pgTable(
  "users",
  {
    id: id(),
    email: citext().notNull(),
    /** argon2id in PHC form; null until an invited person has chosen one. */
    passwordHash: text(),
    role: text({ enum: ["patient", "doctor", "receptionist", "admin"] }).notNull(),
    displayName: text().notNull(),
    emailVerifiedAt: instant(),
    disabledAt: instant(),
    locale: text().notNull().default("en"),
    timeZone: text(),
    /** Keyboard shortcuts and hidden names are a person's own settings, not a device's. */
    shortcutsEnabled: boolean().notNull().default(true),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("users_email_unique").on(t.email),
    check("users_role_known", sql`${t.role} in ('patient', 'doctor', 'receptionist', 'admin')`),
    index("users_role_name").on(t.role, t.displayName, t.id),
    index("users_name").on(t.displayName, t.id),
    ...visibleWhere("users", sql`${isAdminOrSystem} or ${ownUser(sql`${t.id}`)}`),
  ],
);

/** One row per sign-in; its id is the `jti` of the token, and a request without a live row is nobody's. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text({ enum: ["browser", "api"] }).notNull(),
    userAgent: text(),
    ipAddress: text(),
    /** What its owner calls it: "the laptop at home". */
    name: text(),
    /** Of the browser's own cookie; tells a known browser from a new one, and grants nothing. */
    deviceHash: text(),
    createdAt: createdAt(),
    /** When its owner last did something; what a page does by itself does not count. */
    lastSeenAt: instant().notNull().default(sql`now()`),
    /** Ends when nothing was done for so long; null: only at `expiresAt`. */
    idleSeconds: integer(),
    /** When the account last proved who it is: password and second factor, or a passkey. */
    authenticatedAt: instant().notNull().default(sql`now()`),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    revokedReason: text({
      enum: ["signed_out", "revoked", "password_reset", "disabled", "role_changed", "token_reuse", "factor_reset"],
    }),
  },
  (t) => [
    check("sessions_kind_known", sql`${t.kind} in ('browser', 'api')`),
    index("sessions_user").on(t.userId, t.revokedAt),
    index("sessions_expiry").on(t.expiresAt),
    // An admin who disables an account ends its sessions.
    ...visibleWhere("sessions", sql`${isAdminOrSystem} or ${ownUser(sql`${t.userId}`)}`),
  ],
);

/** Refresh tokens of a session, one live at a time; one seen twice ends the session (OAuth 2.0 BCP, RFC 9700 4.14). */
export const refreshTokens = pgTable(
  "refresh_tokens",
  {
    id: id(),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    tokenHash: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [
    unique("refresh_tokens_hash_unique").on(t.tokenHash),
    index("refresh_tokens_session").on(t.sessionId),
    ...visibleWhere("refresh_tokens", isSystem),
  ],
);

/** Single-use links sent by mail; only the hash is stored. */
export const accountTokens = pgTable(
  "account_tokens",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    purpose: text({ enum: ["verify_email", "password_reset", "invitation"] }).notNull(),
    tokenHash: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [
    unique("account_tokens_hash_unique").on(t.tokenHash),
    check("account_tokens_purpose_known", sql`${t.purpose} in ('verify_email', 'password_reset', 'invitation')`),
    index("account_tokens_user").on(t.userId, t.purpose),
    ...visibleWhere("account_tokens", isSystem),
  ],
);

/** The shared secret of an authenticator app, one per account. It counts once `confirmedAt` is set. */
export const totpSecrets = pgTable(
  "totp_secrets",
  {
    userId: uuid()
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Sealed; bound to the account. */
    secret: text().notNull(),
    confirmedAt: instant(),
    /** The last time step whose code was taken: each works once (RFC 6238, 5.2). */
    lastStep: bigint({ mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
  },
  () => visibleWhere("totp_secrets", isSystem),
);

/** Ten at a time, each good once; only hashes are stored. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    codeHash: text().notNull(),
    createdAt: createdAt(),
    usedAt: instant(),
  },
  (t) => [unique("recovery_codes_once").on(t.userId, t.codeHash), ...visibleWhere("recovery_codes", isSystem)],
);

/** WebAuthn credentials (Level 3, 4); all are discoverable and verify their user, so one counts as both factors. */
export const passkeys = pgTable(
  "passkeys",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** base64url, as the authenticator made it. */
    credentialId: text().notNull(),
    /** COSE, base64url. */
    publicKey: text().notNull(),
    signCount: bigint({ mode: "number" }).notNull().default(0),
    transports: text().array().notNull().default(sql`'{}'`),
    isBackedUp: boolean().notNull(),
    name: text().notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant(),
  },
  (t) => [
    unique("passkeys_credential_unique").on(t.credentialId),
    index("passkeys_user").on(t.userId),
    ...visibleWhere("passkeys", sql`${isSystem} or ${ownUser(sql`${t.userId}`)}`),
  ],
);

/** What a passkey is asked to sign: good once, for a few minutes, in the browser whose cookie holds the id. */
export const passkeyChallenges = pgTable(
  "passkey_challenges",
  {
    id: id(),
    purpose: text({ enum: ["register", "sign_in", "confirm"] }).notNull(),
    userId: uuid().references(() => users.id, { onDelete: "cascade" }),
    challenge: text().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    check("passkey_challenges_purpose_known", sql`${t.purpose} in ('register', 'sign_in', 'confirm')`),
    index("passkey_challenges_expiry").on(t.expiresAt),
    ...visibleWhere("passkey_challenges", isSystem),
  ],
);
