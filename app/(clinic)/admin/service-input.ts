import { z } from "zod";
import { createServiceInput } from "@/lib/clinic/schemas";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { UNITS } from "@/lib/format/span";
import { fieldErrors } from "@/lib/platform/zod-errors";

const whole = z.coerce.number().int().min(0);
const span = z.strictObject({ value: whole, unit: z.enum(["minutes", "hours", "days"]) });
const box = z
  .literal("on")
  .optional()
  .transform((sent) => sent === "on");

/** A service as its form sends it: numbers as text, spans with their unit, boxes only where ticked. */
export const serviceForm = z.strictObject({
  id: z.uuid().optional(),
  expectedVersion: z.coerce.number().int().min(1).optional(),
  name: createServiceInput.shape.name,
  description: createServiceInput.shape.description,
  modality: createServiceInput.shape.modality,
  audience: createServiceInput.shape.audience,
  durationMinutes: whole,
  slotStepMinutes: whole.optional(),
  bufferBeforeMinutes: whole.optional(),
  bufferAfterMinutes: whole.optional(),
  minNotice: span,
  horizonDays: whole,
  cancelCutoff: span,
  rescheduleCutoff: span,
  maxReschedules: whole.optional(),
  selfBookable: box,
  requiresRoom: box,
  /** Without a ticked box the list is left out: no reminders. */
  reminderMinutes: z.array(whole).default([]),
  followUpMinutes: whole.optional(),
  nextVisitWeeks: whole.optional(),
  nextVisitServiceId: createServiceInput.shape.nextVisitServiceId,
  active: box,
});
type Form = Omit<z.output<typeof serviceForm>, "id" | "expectedVersion">;

const minutesOf = ({ value, unit }: z.output<typeof span>) => value * UNITS[unit];
/** Where the form has the field that a rule of the verb speaks of. */
const FIELDS: Record<string, string> = {
  minNoticeMinutes: "minNotice.value",
  cancelCutoffMinutes: "cancelCutoff.value",
  rescheduleCutoffMinutes: "rescheduleCutoff.value",
};

export function serviceInputOf({
  minNotice,
  cancelCutoff,
  rescheduleCutoff,
  ...form
}: Form): Result<z.output<typeof createServiceInput>, "validation_failed"> {
  const parsed = createServiceInput.safeParse({
    ...form,
    description: form.description ?? null,
    maxReschedules: form.maxReschedules ?? null,
    followUpMinutes: form.followUpMinutes ?? null,
    nextVisitWeeks: form.nextVisitWeeks ?? null,
    nextVisitServiceId: form.nextVisitServiceId ?? null,
    minNoticeMinutes: minutesOf(minNotice),
    cancelCutoffMinutes: minutesOf(cancelCutoff),
    rescheduleCutoffMinutes: minutesOf(rescheduleCutoff),
  });
  if (parsed.success) return ok(parsed.data);
  const errors = fieldErrors(parsed.error).map((error) => ({ ...error, path: FIELDS[error.path] ?? error.path }));
  return refuse("validation_failed", { errors });
}
