import { z } from "zod";
import { RECORD_KINDS } from "@/db/schema";
import {
  dateField,
  idField,
  instantField,
  nameField,
  pageFields,
  textField,
  versionFields,
} from "@/lib/platform/fields";

export type RecordKind = (typeof RECORD_KINDS)[number];

const kind = z.enum(RECORD_KINDS);
const title = z.string().trim().max(200);
const body = z.string().max(50_000);
const reason = nameField(500);

/** What a diagnosis, a substance or a vaccine is called in a system of codes. */
export const codingField = z.strictObject({
  system: z.enum(["icd-10", "snomed-ct", "text"]),
  code: textField(40),
  display: nameField(200),
});

const contentFields = {
  /** May be empty in a draft, not in what is signed. */
  title,
  body,
  coding: codingField.nullish(),
  appointmentId: idField.nullish(),
  /** When it was so; the visit's start, or now, without a word about it. */
  occurredAt: instantField.optional(),
  /** Shown to whoever sees the patient next, as allergies are. */
  isWarning: z.boolean().optional(),
};

export const createRecordBody = z.strictObject({
  kind,
  ...contentFields,
  title: title.min(1, "must not be empty"),
  /** Leaves it to be signed later; only its author sees it until then. */
  draft: z.boolean().optional(),
  /** Lets the patient read it at once; not with a draft. */
  release: z.boolean().optional(),
});
export const createRecordInput = createRecordBody.extend({ patientId: idField });

export const createDraftInput = z.strictObject({
  patientId: idField,
  kind,
  ...contentFields,
  title: title.default(""),
  body: body.default(""),
});

export const saveDraftBody = z.strictObject(contentFields).partial();
export const saveDraftInput = saveDraftBody.extend({ ...versionFields, kind: kind.optional() });

export const amendRecordBody = z.strictObject({
  ...z.strictObject(contentFields).partial().shape,
  title: title.min(1, "must not be empty").optional(),
  /** Must be what it is; a note does not become a diagnosis. */
  kind: kind.optional(),
  reason: textField(500),
});
export const amendRecordInput = amendRecordBody.extend(versionFields);

export const recordIdInput = z.strictObject(versionFields);
export const reasonBody = z.strictObject({ reason });
export const recordReasonInput = reasonBody.extend(versionFields);
export const resolveRecordBody = z.strictObject({ resolved: z.boolean() });

export const listRecordsQuery = z.strictObject({
  ...pageFields,
  kind: kind.optional(),
  status: z.enum(["draft", "signed", "amended", "entered_in_error"]).optional(),
  /** Days at UTC, both included. */
  from: dateField.optional(),
  to: dateField.optional(),
  /** Words of the title, in any order. */
  query: z.string().trim().max(100).optional(),
});
export const listRecordsInput = listRecordsQuery.extend({ patientId: idField });

export const openGlassInput = z.strictObject({
  patientId: idField,
  reason: z.string().trim().min(10, "must say why, in at least 10 characters").max(500),
  minutes: z
    .number()
    .int()
    .min(5)
    .max(12 * 60)
    .default(60),
});
export const grantAccessInput = z.strictObject({
  patientId: idField,
  doctorId: idField,
  reason,
  validUntil: instantField.nullish(),
});

const templateFields = {
  name: nameField(),
  kind: kind.default("visit_note"),
  serviceId: idField.nullish(),
  title: nameField(200),
  body: body.min(1, "must not be empty"),
};
export const createTemplateInput = z.strictObject(templateFields);
export const updateTemplateBody = z.strictObject({ ...templateFields, kind, active: z.boolean() }).partial();
export const updateTemplateInput = updateTemplateBody.extend(versionFields);
export const listTemplatesInput = z.strictObject({ serviceId: idField.optional(), kind: kind.optional() });

export type OpenGlassInput = z.input<typeof openGlassInput>;
export type GrantAccessInput = z.infer<typeof grantAccessInput>;
export type CreateRecordInput = z.infer<typeof createRecordInput>;
export type CreateDraftInput = z.infer<typeof createDraftInput>;
export type SaveDraftInput = z.infer<typeof saveDraftInput>;
export type AmendRecordInput = z.infer<typeof amendRecordInput>;
export type RecordIdInput = z.infer<typeof recordIdInput>;
export type RecordReasonInput = z.infer<typeof recordReasonInput>;
export type ListRecordsInput = Omit<z.infer<typeof listRecordsInput>, "limit"> & { limit?: number };
