import { z } from "zod";
import {
  dateField,
  emailField,
  idField,
  instantField,
  localeField,
  nameField,
  pageFields,
  textField,
  timeZoneField,
  versionFields,
} from "@/lib/platform/fields";

const sex = z.enum(["female", "male", "other", "unknown"]);
export const RELATIONSHIPS = ["parent", "guardian", "partner", "child", "carer", "other"] as const;
export const CAPABILITIES = ["view", "book", "cancel", "records"] as const;

const contactFields = {
  email: emailField.nullish(),
  /** Kept in E.164; a number of the clinic's own country may be written without its code. */
  phone: textField(40),
  address: textField(300),
  timeZone: timeZoneField.nullish(),
  locale: localeField.optional(),
};

export const createPatientInput = z.strictObject({
  givenName: nameField(),
  familyName: nameField(),
  dateOfBirth: dateField.nullish(),
  sex: sex.optional(),
  ...contactFields,
});
export const updatePatientBody = createPatientInput.partial();
export const updatePatientInput = updatePatientBody.extend(versionFields);

/** What patients change of themselves; the rest is the clinic's to correct. */
export const updateContactBody = z.strictObject(contactFields);

export const listPatientsInput = z.strictObject({
  ...pageFields,
  /** Name, date of birth, phone, e-mail or record number, in any order and as people write them. */
  query: z.string().max(200).optional(),
});

export const addChildInput = z.strictObject({
  givenName: nameField(),
  familyName: nameField(),
  dateOfBirth: dateField,
  sex: sex.optional(),
  relationship: z.enum(["parent", "guardian"]).default("parent"),
});

export const grantProxyInput = z.strictObject({
  patientId: idField,
  /** Address of the account that may act for the patient. */
  email: emailField,
  relationship: z.enum(RELATIONSHIPS),
  /** `view` comes with every grant. */
  capabilities: z.array(z.enum(CAPABILITIES)).min(1).max(CAPABILITIES.length),
  validUntil: instantField.nullish(),
});
export const revokeProxyInput = z.strictObject({ id: idField });

export type CreatePatientInput = z.infer<typeof createPatientInput>;
export type UpdatePatientInput = z.infer<typeof updatePatientInput>;
export type AddChildInput = Omit<z.infer<typeof addChildInput>, "relationship"> & {
  relationship?: "parent" | "guardian";
};
export type GrantProxyInput = z.infer<typeof grantProxyInput>;
