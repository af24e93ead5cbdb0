import { z } from "zod";
import { RECORD_KINDS, RECORD_RELEASES, RECORD_STATUSES } from "@/db/schema";
import { ACCESS_KINDS } from "@/lib/domain/record-access";
import { codingField } from "./schemas";

/** What let somebody to a patient's records. */
export type Access = (typeof ACCESS_KINDS)[number];

const named = z.object({ id: z.uuid(), name: z.string() });

/** One line of a timeline. Reasons are told to doctors only. */
export const recordSummaryView = z.object({
  id: z.uuid(),
  patientId: z.uuid(),
  kind: z.enum(RECORD_KINDS),
  status: z.enum(RECORD_STATUSES),
  release: z.enum(RECORD_RELEASES),
  title: z.string(),
  coding: codingField.nullable(),
  isWarning: z.boolean(),
  doctor: named,
  appointmentId: z.uuid().nullable(),
  /** When it was so; the timeline's order. */
  occurredAt: z.string(),
  signedAt: z.string().nullable(),
  releasedAt: z.string().nullable(),
  /** When a problem ended or a medication was stopped. */
  resolvedAt: z.string().nullable(),
  withheldReason: z.string().nullable(),
  errorReason: z.string().nullable(),
  attachmentCount: z.int(),
  /** The number of its wording, from 1; more than 1 once amended. */
  revision: z.int(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type RecordSummary = z.infer<typeof recordSummaryView>;

export const attachmentView = z.object({
  id: z.uuid(),
  fileName: z.string(),
  contentType: z.string(),
  sizeBytes: z.int(),
  createdAt: z.string(),
});
export type AttachmentView = z.infer<typeof attachmentView>;

export const recordView = recordSummaryView.omit({ attachmentCount: true }).extend({
  body: z.string(),
  /** Why the wording was changed; null for the first. */
  amendReason: z.string().nullable(),
  attachments: z.array(attachmentView),
});
export type RecordView = z.infer<typeof recordView>;

/** One wording of a record. */
export const recordVersionView = z.object({
  revision: z.int(),
  title: z.string(),
  body: z.string(),
  coding: codingField.nullable(),
  reason: z.string().nullable(),
  doctor: named,
  signedAt: z.string().nullable(),
});
export type RecordVersionView = z.infer<typeof recordVersionView>;

export const accessEventView = z.object({
  id: z.string(),
  at: z.string(),
  reader: z.object({ userId: z.uuid().nullable(), name: z.string().nullable(), role: z.string().nullable() }),
  /** list, record, versions, attachment, summary, break_glass_opened, access_log or export. */
  what: z.string(),
  recordId: z.uuid().nullable(),
  access: z.enum(ACCESS_KINDS),
});
export type AccessEventView = z.infer<typeof accessEventView>;

export const glassView = z.object({
  id: z.uuid(),
  patient: named,
  doctor: named,
  reason: z.string(),
  openedAt: z.string(),
  expiresAt: z.string(),
  closedAt: z.string().nullable(),
});
export type GlassView = z.infer<typeof glassView>;

export const grantView = z.object({
  id: z.uuid(),
  patientId: z.uuid(),
  doctor: named,
  reason: z.string(),
  validUntil: z.string().nullable(),
  createdAt: z.string(),
});
export type GrantView = z.infer<typeof grantView>;

export const templateView = z.object({
  id: z.uuid(),
  serviceId: z.uuid().nullable(),
  kind: z.enum(RECORD_KINDS),
  name: z.string(),
  title: z.string(),
  body: z.string(),
  active: z.boolean(),
  version: z.int(),
});
export type TemplateView = z.infer<typeof templateView>;

/** What a doctor has to know before anything else. */
export type PatientSummary = {
  allergies: RecordSummary[];
  warnings: RecordSummary[];
  medications: RecordSummary[];
  problems: RecordSummary[];
};
