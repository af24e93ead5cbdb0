import { sql } from "drizzle-orm";
import { bigint, check, index, pgPolicy, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { ACCESS_KINDS, ACCESS_TARGETS } from "@/lib/domain/record-access";
import { appRole, bytes, createdAt, id, instant } from "./columns";
import { doctors } from "./doctors";
import { dataKeys } from "./keys";
import { patients } from "./patients";
import { definerSees, isAdminOrSystem, isSystem, ownDoctor } from "./policies";

/** The patient, and who may read their records for them. */
const readsOwn = sql`(select app_record_reader_ids())`;

/** Lets a doctor without a visit read a patient's records. Ended, never deleted. */
export const recordGrants = pgTable(
  "record_grants",
  {
    id: id(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    doctorId: uuid()
      .notNull()
      .references(() => doctors.id),
    grantedByUserId: uuid(),
    reasonSealed: bytes().notNull(),
    keyId: uuid()
      .notNull()
      .references(() => dataKeys.id),
    validUntil: instant(),
    revokedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    index("record_grants_patient").on(t.patientId, t.doctorId),
    index("record_grants_doctor").on(t.doctorId).where(sql`${t.revokedAt} is null`),
    index("record_grants_key").on(t.keyId),
    pgPolicy("record_grants_read", {
      for: "select",
      to: appRole,
      using: sql`${isAdminOrSystem} or ${ownDoctor(sql`${t.doctorId}`)} or ${t.patientId} in ${readsOwn} or app_grants_records(${t.patientId})`,
    }),
    // Whoever was let in by a grant or by breaking the glass hands nothing on.
    pgPolicy("record_grants_add", {
      for: "insert",
      to: appRole,
      withCheck: sql`${isAdminOrSystem} or app_grants_records(${t.patientId})`,
    }),
    pgPolicy("record_grants_end", {
      for: "update",
      to: appRole,
      using: sql`(${t.revokedAt} is null and (${isAdminOrSystem} or app_grants_records(${t.patientId}))) or ${isSystem}`,
      withCheck: sql`${isAdminOrSystem} or app_grants_records(${t.patientId})`,
    }),
    definerSees("record_grants"),
  ],
);

/** A doctor without a relation read a patient's records because it could not wait, and said why. */
export const breakGlass = pgTable(
  "break_glass",
  {
    id: id(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    doctorId: uuid()
      .notNull()
      .references(() => doctors.id),
    reasonSealed: bytes().notNull(),
    keyId: uuid()
      .notNull()
      .references(() => dataKeys.id),
    openedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    closedAt: instant(),
  },
  (t) => [
    check(
      "break_glass_short",
      sql`${t.expiresAt} > ${t.openedAt} and ${t.expiresAt} <= ${t.openedAt} + interval '12 hours'`,
    ),
    index("break_glass_patient").on(t.patientId, t.doctorId, t.expiresAt),
    index("break_glass_opened").on(t.openedAt, t.id),
    index("break_glass_doctor").on(t.doctorId, t.expiresAt),
    index("break_glass_key").on(t.keyId),
    pgPolicy("break_glass_read", {
      for: "select",
      to: appRole,
      using: sql`${isAdminOrSystem} or ${ownDoctor(sql`${t.doctorId}`)} or ${t.patientId} in ${readsOwn}`,
    }),
    pgPolicy("break_glass_open", {
      for: "insert",
      to: appRole,
      // It may not begin later than now, or it could be kept in store.
      withCheck: sql`(${ownDoctor(sql`${t.doctorId}`)} and ${t.openedAt} <= now() + interval '1 minute') or ${isSystem}`,
    }),
    pgPolicy("break_glass_close", {
      for: "update",
      to: appRole,
      using: sql`(${t.closedAt} is null and (${isAdminOrSystem} or ${ownDoctor(sql`${t.doctorId}`)})) or ${isSystem}`,
      withCheck: sql`${isAdminOrSystem} or ${ownDoctor(sql`${t.doctorId}`)}`,
    }),
    definerSees("break_glass"),
  ],
);

/** Who read what of a patient's records; written in the transaction of the read. The app's role adds rows and reads what policy shows it. */
export const accessLog = pgTable(
  "access_log",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant().notNull().default(sql`clock_timestamp()`),
    patientId: uuid().notNull(),
    userId: uuid(),
    role: text(),
    job: text(),
    /** null where a list or a summary was read. No reference: the log outlives a draft that is thrown away. */
    recordId: uuid(),
    what: text({ enum: ACCESS_TARGETS }).notNull(),
    /** What let them in. */
    access: text({ enum: ACCESS_KINDS }).notNull(),
    requestId: text(),
  },
  (t) => [
    check(
      "access_log_what_known",
      sql`${t.what} in ('list', 'record', 'versions', 'attachment', 'summary', 'break_glass_opened', 'access_log', 'export')`,
    ),
    check(
      "access_log_access_known",
      sql`${t.access} in ('treating', 'grant', 'break_glass', 'self', 'proxy', 'system')`,
    ),
    index("access_log_patient").on(t.patientId, t.id),
    index("access_log_user").on(t.userId, t.id),
    index("access_log_record").on(t.recordId),
    pgPolicy("access_log_read", {
      for: "select",
      to: appRole,
      using: sql`${isAdminOrSystem} or ${t.patientId} in ${readsOwn}`,
    }),
    // Nobody writes in another's name.
    pgPolicy("access_log_add", {
      for: "insert",
      to: appRole,
      withCheck: sql`${t.userId} is not distinct from (select app_user_id()) and (select app_kind()) in ('user', 'system')`,
    }),
    definerSees("access_log"),
  ],
);
