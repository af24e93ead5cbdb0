import { z } from "zod";
import { idField } from "@/lib/platform/fields";

export const setNextVisitInput = z.strictObject({
  appointmentId: idField,
  /** null: they need not come again, whatever the service says. */
  weeks: z.coerce.number().int().min(1).max(104).nullable(),
  /** What they come for; left out: what the service names, else the same again. */
  serviceId: idField.optional(),
});
export type SetNextVisitInput = z.infer<typeof setNextVisitInput>;
