import { z } from "zod";
import { defineCall } from "@/lib/platform/api";
import { pageFields } from "@/lib/platform/fields";
import {
  createTemplateInput,
  grantAccessInput,
  listTemplatesInput,
  openGlassInput,
  updateTemplateBody,
} from "@/lib/records/schemas";
import { glassView, grantView, templateView } from "@/lib/records/views";
import { id, idParams, listOf } from "./shapes";

const tag = "Medical records";
const glass = glassView.meta({ id: "EmergencyAccess" });
const grant = grantView.meta({ id: "RecordGrant" });
const template = templateView.meta({ id: "RecordTemplate" });
const sealed = ["forbidden", "encryption_not_configured"];

export const listGlass = defineCall({
  method: "GET",
  path: "/emergency-access",
  summary:
    "Emergency access to records, the latest first: all of it to admins, their own to doctors, what concerns them to patients",
  tag,
  access: "signed_in",
  query: z.strictObject({ patientId: id.optional(), ...pageFields }),
  status: 200,
  response: listOf(glass),
  refusals: sealed,
});
export const openGlass = defineCall({
  method: "POST",
  path: "/emergency-access",
  summary:
    "Open the records of a patient whom one does not treat, for a while and with a reason; the admin and the patient see it",
  tag,
  access: "doctor",
  body: openGlassInput,
  status: 201,
  response: glass,
  refusals: [...sealed, "not_found", "not_needed"],
  stepUp: true,
});
export const closeGlass = defineCall({
  method: "DELETE",
  path: "/emergency-access/{id}",
  summary: "End emergency access before its time",
  tag,
  access: "doctor_or_admin",
  params: idParams,
  status: 204,
  refusals: ["forbidden"],
});

export const listGrants = defineCall({
  method: "GET",
  path: "/record-grants",
  summary: "The doctors to whom a patient's records are open by a grant",
  tag,
  access: "signed_in",
  query: z.strictObject({ patientId: id }),
  status: 200,
  response: z.object({ items: z.array(grant) }),
  refusals: sealed,
});
export const grantAccess = defineCall({
  method: "POST",
  path: "/record-grants",
  summary: "Open a patient's records to a doctor: by the patient, a doctor who treats them, or an admin",
  tag,
  access: "signed_in",
  body: grantAccessInput,
  status: 201,
  response: grant,
  refusals: [...sealed, "not_found"],
  stepUp: true,
});
export const revokeAccess = defineCall({
  method: "DELETE",
  path: "/record-grants/{id}",
  summary: "End a grant",
  tag,
  access: "signed_in",
  params: idParams,
  status: 204,
  refusals: ["forbidden"],
});

export const listTemplates = defineCall({
  method: "GET",
  path: "/record-templates",
  summary: "Templates for notes, in order of name; those switched off only where nothing is asked for",
  tag,
  access: "doctor_or_admin",
  query: z.strictObject(listTemplatesInput.shape),
  status: 200,
  response: z.object({ items: z.array(template) }),
  refusals: ["forbidden"],
});
export const createTemplate = defineCall({
  method: "POST",
  path: "/record-templates",
  summary: "Write a template",
  tag,
  access: "doctor_or_admin",
  body: createTemplateInput,
  status: 201,
  response: template,
  refusals: ["forbidden"],
  creates: true,
  versioned: true,
});
export const updateTemplate = defineCall({
  method: "PATCH",
  path: "/record-templates/{id}",
  summary: "Change a template, or switch it off",
  tag,
  access: "doctor_or_admin",
  params: idParams,
  body: updateTemplateBody,
  status: 200,
  response: template,
  refusals: ["forbidden", "version_conflict"],
  versioned: true,
});
