import { sql } from "drizzle-orm";
import { bigint, check, integer, pgPolicy, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { appRole, bytes, definerRole, instant } from "./columns";
import { isAdminOrSystem, isSystem } from "./policies";

/** The logs that are sealed, each a chain of its own. */
export const AUDIT_CHAINS = ["audit_log", "access_log"] as const;

/**
 * Seals over batches of log rows, each bound to the one before it and signed with a key outside the database; see lib/audit/seal.ts. The app's
 * role adds and reads.
 */
export const auditSeals = pgTable(
  "audit_seals",
  {
    chain: text({ enum: AUDIT_CHAINS }).notNull(),
    /** From 1, without a gap. */
    number: bigint({ mode: "number" }).notNull(),
    /** `rows` speaks of rows after the last `rows` seal's `last_id`; `removal` says that rows up to `last_id` were removed, as they were too old. */
    kind: text({ enum: ["rows", "removal"] }).notNull(),
    /** How rows are written down before they are hashed. */
    format: integer().notNull(),
    lastId: bigint({ mode: "number" }).notNull(),
    rowCount: integer().notNull(),
    at: instant().notNull(),
    /** SHA-256 over the rows. */
    digest: bytes().notNull(),
    /** Sixteen bytes a row: its id, and the beginning of its own hash; by it the first bad row is found. */
    leaves: bytes().notNull(),
    /** SHA-256 over all of the above and the hash of the seal before. */
    hash: bytes().notNull(),
    /** Which key signed; null where there is none outside the database. */
    keyId: text(),
    mac: bytes(),
  },
  (t) => [
    primaryKey({ columns: [t.chain, t.number] }),
    check("audit_seals_chain_known", sql`${t.chain} in ('audit_log', 'access_log')`),
    check("audit_seals_kind_known", sql`${t.kind} in ('rows', 'removal')`),
    check("audit_seals_signed", sql`(${t.keyId} is null) = (${t.mac} is null)`),
    pgPolicy("audit_seals_read", { for: "select", to: appRole, using: isAdminOrSystem }),
    pgPolicy("audit_seals_add", { for: "insert", to: appRole, withCheck: isSystem }),
    pgPolicy("audit_seals_definer", { for: "all", to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);
