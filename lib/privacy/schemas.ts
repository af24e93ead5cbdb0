import { z } from "zod";
import { CONSENT_KINDS } from "@/db/schema";
import { idField, instantField, nameField } from "@/lib/platform/fields";

export const setConsentBody = z.strictObject({ kind: z.enum(CONSENT_KINDS), given: z.boolean() });
export const setConsentInput = setConsentBody.extend({ patientId: idField });
export type SetConsentInput = z.infer<typeof setConsentInput>;

export const erasePatientBody = z.strictObject({
  /** Once more, so that it is this one. */
  recordNumber: nameField(60),
});
export const erasePatientInput = erasePatientBody.extend({ patientId: idField });
export type ErasePatientInput = z.infer<typeof erasePatientInput>;

export const ERASURE_REFUSALS = ["identity_not_proved", "legal_hold", "legal_duty", "withdrawn"] as const;
export const refuseErasureInput = z.strictObject({ id: idField, refusal: z.enum(ERASURE_REFUSALS) });
export type RefuseErasureInput = z.infer<typeof refuseErasureInput>;

export const setHoldInput = z.strictObject({
  patientId: idField,
  reason: nameField(500),
  until: instantField.nullish(),
});
export type SetHoldInput = z.infer<typeof setHoldInput>;
