import { z } from "zod";
import { defineCall } from "@/lib/platform/api";
import { patientExport } from "@/lib/privacy/export-view";
import { setConsentBody } from "@/lib/privacy/schemas";
import { consentView } from "@/lib/privacy/views";
import { idParams } from "./shapes";

const tag = "Privacy";
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
