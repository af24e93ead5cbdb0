import { z } from "zod";
import { defineCall } from "@/lib/platform/api";
import { MAX_FILE_BYTES } from "@/lib/records/file-type";
import {
  amendRecordBody,
  createRecordBody,
  listRecordsQuery,
  reasonBody,
  resolveRecordBody,
  saveDraftBody,
} from "@/lib/records/schemas";
import { accessEventView, attachmentView, recordSummaryView, recordVersionView, recordView } from "@/lib/records/views";
import { id, idParams, listOf } from "./shapes";

const tag = "Medical records";
const record = recordView.meta({ id: "MedicalRecord" });
const summary = recordSummaryView.meta({ id: "MedicalRecordSummary" });
const refusals = ["not_found", "forbidden", "encryption_not_configured"];
const changes = [...refusals, "validation_failed", "version_conflict", "invalid_transition"];

export const listRecords = defineCall({
  method: "GET",
  path: "/patients/{id}/records",
  summary: "A patient's timeline: to doctors who treat them, and to patients what is released",
  tag,
  access: "signed_in",
  params: idParams,
  query: z.object(listRecordsQuery.shape),
  status: 200,
  response: listOf(summary),
  refusals,
});
export const createRecord = defineCall({
  method: "POST",
  path: "/patients/{id}/records",
  summary: "Write a record, signed unless it says draft",
  tag,
  access: "doctor",
  params: idParams,
  body: createRecordBody,
  status: 201,
  response: record,
  refusals,
  creates: true,
  versioned: true,
});
export const patientSummary = defineCall({
  method: "GET",
  path: "/patients/{id}/records/summary",
  summary: "Allergies, warnings, medications and problems that hold now",
  tag,
  access: "signed_in",
  params: idParams,
  status: 200,
  response: z.object({
    allergies: z.array(summary),
    warnings: z.array(summary),
    medications: z.array(summary),
    problems: z.array(summary),
  }),
  refusals,
});
export const listAccess = defineCall({
  method: "GET",
  path: "/patients/{id}/access-log",
  summary: "Who read what of a patient's records, the latest first",
  tag,
  access: "signed_in",
  params: idParams,
  query: z.object({ limit: listRecordsQuery.shape.limit, cursor: listRecordsQuery.shape.cursor }),
  status: 200,
  response: listOf(accessEventView.meta({ id: "AccessEvent" })),
  refusals: ["not_found", "forbidden"],
});
export const getRecord = defineCall({
  method: "GET",
  path: "/records/{id}",
  summary: "One record; the patient sees in the access log who read it",
  tag,
  access: "signed_in",
  params: idParams,
  status: 200,
  response: record,
  refusals,
  versioned: true,
});
export const saveDraft = defineCall({
  method: "PATCH",
  path: "/records/{id}",
  summary: "Save a draft of one's own",
  tag,
  access: "doctor",
  params: idParams,
  body: saveDraftBody,
  status: 200,
  response: record,
  refusals: changes,
  versioned: true,
});
export const discardDraft = defineCall({
  method: "DELETE",
  path: "/records/{id}",
  summary: "Throw a draft of one's own away",
  tag,
  access: "doctor",
  params: idParams,
  status: 204,
  refusals: changes,
  versioned: true,
});
export const recordVersions = defineCall({
  method: "GET",
  path: "/records/{id}/versions",
  summary: "Every wording of a record, the first one first",
  tag,
  access: "signed_in",
  params: idParams,
  status: 200,
  response: z.object({ items: z.array(recordVersionView.meta({ id: "MedicalRecordVersion" })) }),
  refusals,
});
const change = {
  method: "POST",
  tag,
  access: "doctor",
  params: idParams,
  status: 200,
  response: record,
  versioned: true,
  refusals: changes,
} as const;
export const signRecord = defineCall({ ...change, path: "/records/{id}/sign", summary: "Sign a draft of one's own" });
export const releaseRecord = defineCall({
  ...change,
  path: "/records/{id}/release",
  summary: "Let the patient read it",
});
export const amendRecord = defineCall({
  ...change,
  path: "/records/{id}/amend",
  summary: "Write a new wording; the old ones are kept",
  body: amendRecordBody,
});
export const withholdRecord = defineCall({
  ...change,
  path: "/records/{id}/withhold",
  summary: "Keep it from the patient, with a reason",
  body: reasonBody,
});
export const markInError = defineCall({
  ...change,
  path: "/records/{id}/enter-in-error",
  summary: "Strike it out, with a reason; never undone",
  body: reasonBody,
});
export const resolveRecord = defineCall({
  ...change,
  path: "/records/{id}/resolve",
  summary: "End a problem, an allergy or a medication, or take that back",
  body: resolveRecordBody,
});
export const addAttachment = defineCall({
  method: "POST",
  path: "/records/{id}/attachments",
  summary: "Put a PDF, JPEG or PNG of at most 20 MB to a draft of one's own",
  tag,
  access: "doctor",
  params: idParams,
  query: z.strictObject({ fileName: z.string().min(1).max(200) }),
  uploadBytes: MAX_FILE_BYTES,
  status: 201,
  response: attachmentView.meta({ id: "Attachment" }),
  refusals: [...changes, "too_many_files"],
});
export const getAttachment = defineCall({
  method: "GET",
  path: "/attachments/{id}",
  summary: "A file of a record, to be kept",
  tag,
  access: "signed_in",
  params: z.object({ id }),
  status: 200,
  response: z.string().meta({ format: "binary" }),
  download: true,
  refusals,
});
export const removeAttachment = defineCall({
  method: "DELETE",
  path: "/attachments/{id}",
  summary: "Take a file from a draft of one's own",
  tag,
  access: "doctor",
  params: z.object({ id }),
  status: 204,
  refusals: changes,
});
