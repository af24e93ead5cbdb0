import { z } from "zod";
import { idField, instantField, pageFields } from "@/lib/platform/fields";

export const listAuditEventsInput = z.strictObject({
  ...pageFields,
  table: z
    .string()
    .regex(/^[a-z_]{1,63}$/, "is not the name of a table")
    .optional(),
  rowId: z.string().min(1).max(200).optional(),
  /** Who did it. */
  userId: idField.optional(),
  /** Whose data it was. */
  patientId: idField.optional(),
  operation: z.enum(["insert", "update", "delete"]).optional(),
  /** Half-open: `to` itself is left out. */
  from: instantField.optional(),
  to: instantField.optional(),
});
