import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
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
    createdAt: createdAt(),
    lastSeenAt: instant().notNull().default(sql`now()`),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    revokedReason: text({
      enum: ["signed_out", "revoked", "password_reset", "disabled", "role_changed", "token_reuse"],
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
