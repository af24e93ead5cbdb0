import { z } from "zod";
import { dateField, idField, textField } from "@/lib/platform/fields";

// What the pages' forms of hours and leave send: text throughout, with a time input's own ways.

const timeInput = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** A time input cannot say 24:00; as an end, midnight means it. */
const endTimeInput = timeInput.transform((time) => (time === "00:00" ? "24:00" : time));

export const hoursForm = z.strictObject({
  doctorId: idField,
  version: z.coerce.number().int(),
  rules: z
    .array(
      z.strictObject({
        weekday: z.coerce.number().int().min(1).max(7),
        locationId: idField,
        start: timeInput,
        end: endTimeInput,
        validFrom: dateField.optional(),
        validUntil: dateField.optional(),
        serviceIds: z.array(idField).max(200).optional(),
      }),
    )
    .max(200)
    .default([]),
});

export const exceptionForm = z.strictObject({
  doctorId: idField,
  kind: z.enum(["leave", "extra"]),
  /** None: leave from every place. */
  locationId: idField.optional(),
  fromDate: dateField,
  fromTime: timeInput.optional(),
  toDate: dateField,
  toTime: endTimeInput.optional(),
  reason: textField(300),
});

export const deleteExceptionForm = z.strictObject({ doctorId: idField, id: idField });
