import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgPolicy, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { appointments } from "./appointments";
import { services } from "./clinic";
import { appRole, bytes, createdAt, id, instant, updatedAt, version } from "./columns";
import { doctors } from "./doctors";
import { dataKeys } from "./keys";
import { patients } from "./patients";
import { definerSees, isSystem } from "./policies";

// Columns that end in `_sealed` are AES-256-GCM under the patient's data key, bound to their table, column, row and key.

export const RECORD_KINDS = [
  "visit_note",
  "diagnosis",
  "allergy",
  "medication",
  "vaccination",
  "result",
  "document",
] as const;
export const RECORD_STATUSES = ["draft", "signed", "amended", "entered_in_error"] as const;
export const RECORD_RELEASES = ["pending", "released", "withheld"] as const;

/** What is known of a patient, by whom and how far it has come; what it says is in its versions. */
export const medicalRecords = pgTable(
  "medical_records",
  {
    id: id(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    /** Who wrote the first version; a draft is theirs alone. */
    doctorId: uuid()
      .notNull()
      .references(() => doctors.id),
    appointmentId: uuid().references(() => appointments.id),
    kind: text({ enum: RECORD_KINDS }).notNull(),
    status: text({ enum: RECORD_STATUSES }).notNull().default("draft"),
    /** Whether the patient reads it. */
    release: text({ enum: RECORD_RELEASES }).notNull().default("pending"),
    releasedAt: instant(),
    withheldReasonSealed: bytes(),
    errorReasonSealed: bytes(),
    /** Shown to whoever sees the patient next, like an allergy. */
    isWarning: boolean().notNull().default(false),
    /** When a problem ended or a medication was stopped. */
    resolvedAt: instant(),
    /** When it was so, which may be before it was written down. */
    occurredAt: instant().notNull(),
    signedAt: instant(),
    /** The number of the newest of its versions. */
    currentVersion: integer().notNull().default(1),
    keyId: uuid()
      .notNull()
      .references(() => dataKeys.id),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check(
      "medical_records_kind_known",
      sql`${t.kind} in ('visit_note', 'diagnosis', 'allergy', 'medication', 'vaccination', 'result', 'document')`,
    ),
    check("medical_records_status_known", sql`${t.status} in ('draft', 'signed', 'amended', 'entered_in_error')`),
    check("medical_records_release_known", sql`${t.release} in ('pending', 'released', 'withheld')`),
    check("medical_records_draft_unseen", sql`${t.status} <> 'draft' or ${t.release} = 'pending'`),
    check(
      "medical_records_signed_at",
      sql`${t.status} = 'draft' or ${t.status} = 'entered_in_error' or ${t.signedAt} is not null`,
    ),
    check("medical_records_released_at", sql`(${t.release} = 'released') = (${t.releasedAt} is not null)`),
    index("medical_records_timeline").on(t.patientId, t.occurredAt, t.id),
    index("medical_records_appointment").on(t.appointmentId),
    index("medical_records_drafts").on(t.doctorId, t.updatedAt).where(sql`${t.status} = 'draft'`),
    index("medical_records_key").on(t.keyId),
    pgPolicy("medical_records_read", {
      for: "select",
      to: appRole,
      using: sql`app_sees_record(${t.patientId}, ${t.status}, ${t.release}, ${t.doctorId})`,
    }),
    pgPolicy("medical_records_add", {
      for: "insert",
      to: appRole,
      withCheck: sql`app_writes_records(${t.patientId}) and (${t.doctorId} = (select app_doctor_id()) or ${isSystem})`,
    }),
    pgPolicy("medical_records_change", {
      for: "update",
      to: appRole,
      using: sql`app_writes_records(${t.patientId}) and (${t.status} <> 'draft' or ${t.doctorId} = (select app_doctor_id()) or ${isSystem})`,
      withCheck: sql`app_writes_records(${t.patientId})`,
    }),
    // What was signed is never deleted; a draft is thrown away by whoever wrote it.
    pgPolicy("medical_records_discard", {
      for: "delete",
      to: appRole,
      using: sql`${t.status} = 'draft' and app_writes_records(${t.patientId}) and (${t.doctorId} = (select app_doctor_id()) or ${isSystem})`,
    }),
    definerSees("medical_records"),
  ],
);

/** Each wording of a record. A trigger keeps those that were signed as they are. */
export const recordVersions = pgTable(
  "record_versions",
  {
    id: id(),
    recordId: uuid()
      .notNull()
      .references(() => medicalRecords.id, { onDelete: "cascade" }),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    /** From 1. */
    number: integer().notNull(),
    doctorId: uuid()
      .notNull()
      .references(() => doctors.id),
    /** `{title, body, coding, reason}` as JSON. */
    contentSealed: bytes().notNull(),
    keyId: uuid()
      .notNull()
      .references(() => dataKeys.id),
    signedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("record_versions_number_unique").on(t.recordId, t.number),
    index("record_versions_patient").on(t.patientId, t.id),
    index("record_versions_key").on(t.keyId),
    // A patient reads what stands, not what stood.
    pgPolicy("record_versions_read", {
      for: "select",
      to: appRole,
      using: sql`exists (select 1 from medical_records r where r.id = ${t.recordId} and (r.current_version = ${t.number} or app_writes_records(${t.patientId})))`,
    }),
    pgPolicy("record_versions_add", {
      for: "insert",
      to: appRole,
      withCheck: sql`app_writes_records(${t.patientId}) and (${t.doctorId} = (select app_doctor_id()) or ${isSystem})
        and exists (select 1 from medical_records r where r.id = ${t.recordId} and r.patient_id = ${t.patientId})`,
    }),
    pgPolicy("record_versions_change", {
      for: "update",
      to: appRole,
      using: sql`app_writes_records(${t.patientId}) and (${t.doctorId} = (select app_doctor_id()) or ${isSystem})`,
    }),
    definerSees("record_versions"),
  ],
);

/** Files of a record; the bytes lie sealed in the storage under a name that says nothing. */
export const recordAttachments = pgTable(
  "record_attachments",
  {
    id: id(),
    recordId: uuid()
      .notNull()
      .references(() => medicalRecords.id, { onDelete: "cascade" }),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    contentType: text({ enum: ["application/pdf", "image/jpeg", "image/png"] }).notNull(),
    sizeBytes: integer().notNull(),
    storageName: text().notNull(),
    /** Of the sealed bytes as they lie, so that a storage can be checked without a key; hex. */
    sha256: text().notNull(),
    /** `{fileName, fileKey}` as JSON: the file has a key of its own, so that a rotation need not rewrite it. */
    metaSealed: bytes().notNull(),
    keyId: uuid()
      .notNull()
      .references(() => dataKeys.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique("record_attachments_storage_name_unique").on(t.storageName),
    check("record_attachments_type_known", sql`${t.contentType} in ('application/pdf', 'image/jpeg', 'image/png')`),
    check("record_attachments_size_sane", sql`${t.sizeBytes} between 1 and 20971520`),
    index("record_attachments_record").on(t.recordId, t.id),
    index("record_attachments_patient").on(t.patientId, t.id),
    index("record_attachments_key").on(t.keyId),
    pgPolicy("record_attachments_read", {
      for: "select",
      to: appRole,
      using: sql`exists (select 1 from medical_records r where r.id = ${t.recordId})`,
    }),
    pgPolicy("record_attachments_add", {
      for: "insert",
      to: appRole,
      withCheck: sql`app_writes_records(${t.patientId})
        and exists (select 1 from medical_records r where r.id = ${t.recordId} and r.patient_id = ${t.patientId})`,
    }),
    pgPolicy("record_attachments_reseal", { for: "update", to: appRole, using: isSystem, withCheck: isSystem }),
    pgPolicy("record_attachments_remove", {
      for: "delete",
      to: appRole,
      using: sql`app_writes_records(${t.patientId}) and exists (select 1 from medical_records r where r.id = ${t.recordId} and r.status = 'draft')`,
    }),
    definerSees("record_attachments"),
  ],
);

/** Beginnings of notes. They hold nobody's data. */
export const recordTemplates = pgTable(
  "record_templates",
  {
    id: id(),
    /** null: for every service. */
    serviceId: uuid().references(() => services.id, { onDelete: "cascade" }),
    kind: text({ enum: RECORD_KINDS }).notNull().default("visit_note"),
    name: text().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    active: boolean().notNull().default(true),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check(
      "record_templates_kind_known",
      sql`${t.kind} in ('visit_note', 'diagnosis', 'allergy', 'medication', 'vaccination', 'result', 'document')`,
    ),
    index("record_templates_service").on(t.serviceId),
  ],
);
