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
    /** What staff and letters call the patient: `P-000123`. */
    recordNumber: text().notNull().default(sql`'P-' || lpad(nextval('patient_record_numbers')::text, 6, '0')`),
    givenName: text().notNull(),
    familyName: text().notNull(),
    dateOfBirth: date(),
    sex: text({ enum: ["female", "male", "other", "unknown"] })
      .notNull()
      .default("unknown"),
    /** In plain only where no key is set, or until `npm run rotate-keys` has sealed what an earlier version wrote. */
    email: citext(),
    /** E.164. In plain as `email` is. */
    phone: text(),
    address: text(),
    /** How the patient is reached: `{email, phone, address}`, sealed. */
    contactSealed: bytes(),
    /** Blind indexes of it: what an exact address, or the last digits of a number, are found by. */
    contactTokens: text().array(),
    /** What messages are planned by, without opening anything. */
    hasEmail: boolean().notNull().default(false),
    hasPhone: boolean().notNull().default(false),
    keyId: uuid().references(() => dataKeys.id),
    indexKeyId: uuid().references(() => dataKeys.id),
    timeZone: text(),
    locale: text().notNull().default("en"),
    /** Where an import took the row from, and its number there. */
    externalId: text(),
    /** Nothing is written about this person any more; what is left of them is what the law keeps. */
    erasedAt: instant(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("patients_record_number_unique").on(t.recordNumber),
    unique("patients_user_unique").on(t.userId),
    uniqueIndex("patients_external_unique").on(t.externalId).where(sql`${t.externalId} is not null`),
    check("patients_sex_known", sql`${t.sex} in ('female', 'male', 'other', 'unknown')`),
    index("patients_name_search").using("gin", sql`(lower(${t.givenName} || ' ' || ${t.familyName})) gin_trgm_ops`),
    index("patients_family_name").on(t.familyName, t.givenName, t.id),
    index("patients_date_of_birth").on(t.dateOfBirth),
    index("patients_phone").on(t.phone),
    index("patients_email").on(t.email),
    // Search reads any part of a number or an address; it runs in `search_patients`, as policies keep LIKE away from an index.
    index("patients_phone_search").using("gin", sql`${t.phone} gin_trgm_ops`),
    index("patients_email_search").using("gin", sql`(lower(${t.email}::text)) gin_trgm_ops`),
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
