import { z } from "zod";
import {
  dateField,
  emailField,
  idField,
  nameField,
  pageFields,
  textField,
  timeZoneField,
  versionFields,
} from "@/lib/platform/fields";

const ids = z.array(idField).max(200);

export const createDoctorInput = z.strictObject({
  name: nameField(),
  /** The account's address; the invitation goes there. */
  email: emailField,
  specialty: textField(120),
  serviceIds: ids,
  locationIds: ids,
  active: z.boolean().optional(),
});
export const updateDoctorBody = createDoctorInput.partial();
export const updateDoctorInput = updateDoctorBody.extend(versionFields);

export const listDoctorsInput = z.strictObject({
  ...pageFields,
  serviceId: idField.optional(),
  locationId: idField.optional(),
  /** `all` shows those who have left too; staff only. */
  state: z.enum(["active", "all"]).default("active"),
});

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "is not a time (HH:MM)");

export const scheduleRuleInput = z.strictObject({
  locationId: idField,
  /** ISO: Monday 1 to Sunday 7. */
  weekday: z.number().int().min(1).max(7),
  start: wallTime,
  end: wallTime,
  /** Both days included. */
  validFrom: dateField.nullish(),
  validUntil: dateField.nullish(),
  /** None: every service of the doctor. */
  serviceIds: ids.nullish(),
  /** May be sent back as it was read; the location's counts. */
  timeZone: timeZoneField.optional(),
});
export const putScheduleBody = z.strictObject({ rules: z.array(scheduleRuleInput).max(200) });
export const putScheduleInput = putScheduleBody.extend({
  doctorId: idField,
  expectedVersion: z.number().int().optional(),
});

/** RFC 3339, wall time at the location ("2026-12-24T09:00"), or a date: from its beginning, or to its end. */
const boundaryField = z.union(
  [
    dateField,
    z.iso.datetime({ offset: true }),
    z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$|^\d{4}-\d{2}-\d{2}T24:00$/),
  ],
  { error: "is neither an instant (RFC 3339), nor a wall time (YYYY-MM-DDTHH:MM), nor a date (YYYY-MM-DD)" },
);

export const createExceptionBody = z.strictObject({
  kind: z.enum(["leave", "extra"]),
  /** Where extra hours are worked; leave without one is leave from every place. */
  locationId: idField.nullish(),
  from: boundaryField,
  to: boundaryField,
  reason: textField(300),
});
export const createExceptionInput = createExceptionBody.extend({ doctorId: idField });
export const deleteExceptionInput = z.strictObject({ doctorId: idField, id: idField });
export const listExceptionsInput = z.strictObject({
  ...pageFields,
  doctorId: idField,
  /** Those that reach past this instant. */
  from: z.iso.datetime({ offset: true }).optional(),
});

export type CreateDoctorInput = z.infer<typeof createDoctorInput>;
export type UpdateDoctorInput = z.infer<typeof updateDoctorInput>;
export type PutScheduleInput = z.infer<typeof putScheduleInput>;
export type CreateExceptionInput = z.infer<typeof createExceptionInput>;
export type DeleteExceptionInput = z.infer<typeof deleteExceptionInput>;
