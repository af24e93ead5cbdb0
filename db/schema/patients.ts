import { sql } from "drizzle-orm";
import { boolean, check, date, index, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { bytes, citext, createdAt, id, instant, updatedAt, version } from "./columns";
import { dataKeys } from "./keys";
import { isPatient, isStaffOrSystem, isSystem, mayFor, ownPatient, ownUser, policiesOf, seesAll } from "./policies";

export const patients = pgTable(
  "patients",
  {
    id: id(),
    /** The account that is this person; null for a child, or one whom reception registered. */
    userId: uuid().references(() => users.id),
    givenName: text().notNull(),
    familyName: text().notNull(),
    dateOfBirth: date(),
    sex: text({ enum: ["female", "male", "other", "unknown"] })
      .notNull()
      .default("unknown"),
    /** `Identifiers` as JSON, sealed under `keyId`: record number, e-mail, phone, address, number of an import. Null once the patient is erased. */
    contactSealed: bytes(),
    /** Blind indexes (`lib/protection/blind-index.ts`): what an exact address, or the last digits of a number, are found by. */
    contactTokens: text().array(),
    recordToken: text(),
    externalToken: text(),
    /** What messages are planned by, without opening anything. */
    hasEmail: boolean().notNull().default(false),
    hasPhone: boolean().notNull().default(false),
    keyId: uuid().references(() => dataKeys.id),
    /** Which index key made the tokens. */
    indexKeyId: uuid().references(() => dataKeys.id),
    // As versions before migration 0030 wrote them; `npm run migrate` seals them, and a constraint refuses them from then on.
    plainRecordNumber: text("record_number"),
    plainEmail: citext("email"),
    plainPhone: text("phone"),
    plainAddress: text("address"),
    plainExternalId: text("external_id"),
    timeZone: text(),
    locale: text().notNull().default("en"),
    /** Nothing is written about this person any more; what is left of them is what the law keeps. */
    erasedAt: instant(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("patients_record_number_unique").on(t.plainRecordNumber),
    unique("patients_record_token_unique").on(t.recordToken),
    unique("patients_external_token_unique").on(t.externalToken),
    unique("patients_user_unique").on(t.userId),
    uniqueIndex("patients_external_unique").on(t.plainExternalId).where(sql`${t.plainExternalId} is not null`),
    // Made NOT VALID by its migration: rows that wait to be sealed may lie, but none is written.
    check(
      "patients_identifiers_sealed",
      sql`num_nonnulls(${t.plainRecordNumber}, ${t.plainEmail}, ${t.plainPhone}, ${t.plainAddress}, ${t.plainExternalId}) = 0`,
    ),
    check("patients_sealed_under_a_key", sql`(${t.contactSealed} is null) = (${t.keyId} is null)`),
    check("patients_sex_known", sql`${t.sex} in ('female', 'male', 'other', 'unknown')`),
    index("patients_name_search").using("gin", sql`(lower(${t.givenName} || ' ' || ${t.familyName})) gin_trgm_ops`),
    index("patients_family_name").on(t.familyName, t.givenName, t.id),
    index("patients_date_of_birth").on(t.dateOfBirth),
    // Of rows that wait to be sealed: found by any part, as before.
    index("patients_phone_search").using("gin", sql`${t.plainPhone} gin_trgm_ops`),
    index("patients_email_search").using("gin", sql`(lower(${t.plainEmail}::text)) gin_trgm_ops`),
    index("patients_contact_tokens").using("gin", t.contactTokens),
    index("patients_key").on(t.keyId),
    index("patients_index_key").on(t.indexKeyId),
    // The cheapest question first: one's own row needs no look at the grants.
    ...policiesOf("patients", {
      read: sql`${isStaffOrSystem} or ${ownUser(sql`${t.userId}`)} or ${ownPatient(sql`${t.id}`)}`,
      insert: sql`${isStaffOrSystem} or ${ownUser(sql`${t.userId}`)}`,
      update: sql`${isStaffOrSystem} or ${ownUser(sql`${t.userId}`)} or ${mayFor(sql`${t.id}`, "book")}`,
      delete: isStaffOrSystem,
    }),
  ],
);

/** Who may act for whom, and how far. A grant is ended, never deleted, so that the audit can name it. */
export const patientProxies = pgTable(
  "patient_proxies",
  {
    id: id(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    relationship: text().notNull(),
    /** Of: view, book, cancel, records. */
    capabilities: text().array().notNull(),
    validUntil: instant(),
    revokedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("patient_proxies_one_live_grant").on(t.patientId, t.userId).where(sql`${t.revokedAt} is null`),
    index("patient_proxies_user").on(t.userId).where(sql`${t.revokedAt} is null`),
    check("patient_proxies_capabilities_known", sql`${t.capabilities} <@ array['view', 'book', 'cancel', 'records']`),
    ...policiesOf("patient_proxies", {
      read: sql`${seesAll} or ${ownUser(sql`${t.userId}`)} or ${ownPatient(sql`${t.patientId}`)}`,
      // Only the patient grants; whoever holds a grant can do no more than end it, or they could widen it.
      insert: sql`${seesAll} or ${isPatient(sql`${t.patientId}`)}`,
      update: sql`${seesAll} or ${isPatient(sql`${t.patientId}`)} or ${ownUser(sql`${t.userId}`)}`,
      updated: sql`${seesAll} or ${isPatient(sql`${t.patientId}`)} or (${ownUser(sql`${t.userId}`)} and ${t.revokedAt} is not null)`,
      delete: isSystem,
    }),
  ],
);
