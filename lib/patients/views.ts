import { z } from "zod";

export const patientView = z.object({
  id: z.uuid(),
  recordNumber: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  name: z.string(),
  dateOfBirth: z.string().nullable(),
  sex: z.enum(["female", "male", "other", "unknown"]),
  email: z.string().nullable(),
  /** E.164. */
  phone: z.string().nullable(),
  address: z.string().nullable(),
  timeZone: z.string().nullable(),
  locale: z.string(),
  version: z.number().int(),
});
export type PatientView = z.infer<typeof patientView>;

const likePatient = patientView.pick({ id: true, recordNumber: true, name: true, dateOfBirth: true });

/** A new patient, and those already there who may be the same person. */
export const createdPatientView = patientView.extend({ possibleDuplicates: z.array(likePatient) });
export type CreatedPatient = z.infer<typeof createdPatientView>;

/** A live grant: the account may act for the patient. */
export const proxyView = z.object({
  id: z.uuid(),
  patientId: z.uuid(),
  userId: z.uuid(),
  name: z.string(),
  email: z.string(),
  relationship: z.string(),
  capabilities: z.array(z.string()),
  validUntil: z.string().nullable(),
  createdAt: z.string(),
});
export type ProxyView = z.infer<typeof proxyView>;

/** Somebody whom the signed-in account stands for; `relationship` is `self` for the account's own patient. */
export type RepresentedPatient = {
  id: string;
  name: string;
  relationship: string;
  capabilities: string[];
  dateOfBirth: string | null;
};
