import { z } from "zod";
import { idField, nameField, versionFields } from "@/lib/platform/fields";

const age = z.coerce.number().int().min(0).max(150).nullish();

/** Without an id a new one is made. */
export const saveRecallInput = z.strictObject({
  id: idField.optional(),
  expectedVersion: versionFields.expectedVersion,
  name: nameField(),
  serviceId: idField,
  /** So long after the last visit, and so long again after they were asked. */
  months: z.coerce.number().int().min(1).max(120),
  countsAnyVisit: z.boolean(),
  doctorId: idField.nullish(),
  locationId: idField.nullish(),
  /** In years, both included. */
  minAge: age,
  maxAge: age,
  active: z.boolean(),
});
export type SaveRecallInput = z.infer<typeof saveRecallInput>;

export const noteAskedInput = z.strictObject({ recallId: idField, patientId: idField });
