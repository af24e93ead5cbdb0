import { z } from "zod";
import { defineCall } from "@/lib/platform/api";
import { patientExport } from "@/lib/privacy/export-view";
import { erasePatientBody, setConsentBody } from "@/lib/privacy/schemas";
import { consentView, erasurePlan, erasureView } from "@/lib/privacy/views";
import { idParams } from "./shapes";

const tag = "Privacy";
const erasure = erasureView.meta({ id: "Erasure" });
const consents = z.object({ items: z.array(consentView.meta({ id: "Consent" })) });

export const exportPatient = defineCall({
  method: "GET",
  path: "/patients/{id}/export",
  summary: "Everything that is kept about a patient: to themselves, who reads records for them, and admins",
  tag,
  access: "signed_in",
  params: idParams,
  status: 200,
  response: patientExport.meta({ id: "PatientExport" }),
  refusals: ["forbidden"],
  stepUp: true,
});
export const listConsents = defineCall({
  method: "GET",
  path: "/patients/{id}/consents",
  summary: "What a patient was asked and what they said to it",
  tag,
  access: "signed_in",
  params: idParams,
  status: 200,
  response: consents,
});
export const setConsent = defineCall({
  method: "POST",
  path: "/patients/{id}/consents",
  summary: "Give a consent or take it back; saying the same twice changes nothing",
  tag,
  access: "signed_in",
  params: idParams,
  body: setConsentBody,
  status: 200,
  response: consents,
  refusals: ["forbidden", "policy_refused"],
});

export const askErasure = defineCall({
  method: "POST",
  path: "/patients/{id}/erasure-requests",
  summary: "Ask for a patient to be erased; an admin decides. Asking again gives the open request",
  tag,
  access: "signed_in",
  params: idParams,
  body: z.strictObject({}),
  status: 201,
  response: erasure,
  refusals: ["forbidden"],
  creates: true,
});
export const previewErasure = defineCall({
  method: "GET",
  path: "/patients/{id}/erasure",
  summary: "What an erasure would do now: the erasure itself, taken back",
  tag,
  access: "admin",
  params: idParams,
  status: 200,
  response: erasurePlan.meta({ id: "ErasurePlan" }),
});
export const erasePatient = defineCall({
  method: "POST",
  path: "/patients/{id}/erasure",
  summary: "Erase a patient as far as the law lets; it leaves a certificate",
  tag,
  access: "admin",
  params: idParams,
  body: erasePatientBody,
  status: 200,
  response: erasure,
  refusals: ["legal_hold", "validation_failed"],
  stepUp: true,
});
