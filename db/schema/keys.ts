import { sql } from "drizzle-orm";
import { check, index, integer, pgPolicy, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { appRole, bytes, createdAt, definerRole, id, instant } from "./columns";
import { isStaffOrSystem, isSystem, ownPatient } from "./policies";

/**
 * Keys that seal data, each wrapped by a key-encryption key that lies outside the database. A patient has one at a time (the newest
 * version); without it nothing sealed for them can be read, so destroying it erases them.
 */
export const dataKeys = pgTable(
  "data_keys",
  {
    id: id(),
    /** `patient` seals somebody's data, `index` makes the blind indexes. */
    purpose: text({ enum: ["patient", "index"] }).notNull(),
    /** No reference: the key is made before its patient is written. */
    patientId: uuid(),
    version: integer().notNull(),
    /** Which key-encryption key wraps it. */
    kekId: text().notNull(),
    /** null once destroyed: the row stays and says that nothing shall be sealed for this patient again. */
    wrapped: bytes(),
    destroyedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("data_keys_version_unique").on(t.purpose, t.patientId, t.version).nullsNotDistinct(),
    index("data_keys_patient").on(t.patientId, t.version),
    index("data_keys_kek").on(t.kekId, t.id),
    check("data_keys_purpose_known", sql`${t.purpose} in ('patient', 'index')`),
    check("data_keys_patient_named", sql`(${t.purpose} = 'patient') = (${t.patientId} is not null)`),
    check("data_keys_destroyed", sql`(${t.wrapped} is null) = (${t.destroyedAt} is not null)`),
    pgPolicy("data_keys_read", {
      for: "select",
      to: appRole,
      // Patients too change how they are reached, and with it what they are found by.
      using: sql`${isStaffOrSystem} or ${t.purpose} = 'index' or ${ownPatient(sql`${t.patientId}`)}`,
    }),
    pgPolicy("data_keys_make", {
      for: "insert",
      to: appRole,
      withCheck: sql`${isStaffOrSystem} or (${t.purpose} = 'index' and ${t.version} = 1) or ${ownPatient(sql`${t.patientId}`)}`,
    }),
    pgPolicy("data_keys_change", { for: "update", to: appRole, using: isSystem, withCheck: isSystem }),
    pgPolicy("data_keys_remove", { for: "delete", to: appRole, using: isSystem }),
    pgPolicy("data_keys_definer", { for: "all", to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);

/** One run of `npm run rotate-keys`, kept so that it can be stopped and resumed: keys older than `startedAt` are replaced. */
export const keyRotations = pgTable(
  "key_rotations",
  {
    id: id(),
    startedAt: instant().notNull(),
    finishedAt: instant(),
    /** Patients whose rows are sealed anew so far. */
    patientsDone: integer().notNull().default(0),
    /** The last of them in order of id; where the next batch begins. */
    lastPatientId: uuid(),
  },
  () => [
    pgPolicy("key_rotations_app", { for: "all", to: appRole, using: isSystem, withCheck: isSystem }),
    pgPolicy("key_rotations_definer", { for: "all", to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);
