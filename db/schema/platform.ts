import { sql } from "drizzle-orm";
import { bigint, index, integer, json, jsonb, pgPolicy, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { appRole, createdAt, definerRole, instant } from "./columns";
import { isAdminOrSystem, isSystem, ownPatient, ownUser, visibleWhere } from "./policies";

/** First answers to requests with an Idempotency-Key; kept a day. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    userId: uuid().notNull(),
    key: text().notNull(),
    /** SHA-256 of method, path and body. */
    requestHash: text().notNull(),
    status: integer().notNull(),
    /** Not jsonb, which would order the members anew: the first answer comes again as it was. */
    body: json(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.key] }),
    index("idempotency_keys_age").on(t.createdAt),
    ...visibleWhere("idempotency_keys", sql`${isSystem} or ${ownUser(sql`${t.userId}`)}`),
  ],
);

/** Every change, by trigger. The app's role can read what policy shows it and write nothing. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant().notNull().default(sql`clock_timestamp()`),
    actorKind: text().notNull(),
    userId: uuid(),
    role: text(),
    job: text(),
    requestId: text(),
    /** Whose data it was; with `user_id` it says who acted for whom. */
    patientId: uuid(),
    tableName: text().notNull(),
    rowId: text().notNull(),
    operation: text().notNull(),
    /** `{column: [old, new]}`; protected columns are named without their values. */
    changes: jsonb().$type<Record<string, unknown>>(),
  },
  (t) => [
    index("audit_log_at").on(t.at, t.id),
    index("audit_log_row").on(t.tableName, t.rowId),
    index("audit_log_patient").on(t.patientId, t.id).where(sql`${t.patientId} is not null`),
    index("audit_log_user").on(t.userId, t.id).where(sql`${t.userId} is not null`),
    pgPolicy("audit_log_app", {
      for: "select",
      to: appRole,
      using: sql`${isAdminOrSystem} or ${ownPatient(sql`${t.patientId}`)}`,
    }),
    pgPolicy("audit_log_definer", { for: "all", to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);
