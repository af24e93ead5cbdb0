import { z } from "zod";
import type { AppointmentView } from "@/lib/appointments/views";

export const doctorView = z.object({
  id: z.uuid(),
  name: z.string(),
  specialty: z.string().nullable(),
  serviceIds: z.array(z.uuid()),
  locationIds: z.array(z.uuid()),
  active: z.boolean(),
  version: z.number().int(),
  /** For admins only; null for a doctor without an account. */
  email: z.string().nullable().optional(),
});
export type DoctorView = z.infer<typeof doctorView>;

/** Weekly hours in the wall time of `timeZone`; both validity dates included; `serviceIds` null: every service. */
export const scheduleRuleView = z.object({
  locationId: z.uuid(),
  timeZone: z.string(),
  weekday: z.number().int(),
  start: z.string(),
  end: z.string(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  serviceIds: z.array(z.uuid()).nullable(),
});
export type ScheduleRuleView = z.infer<typeof scheduleRuleView>;

export const scheduleView = z.object({ rules: z.array(scheduleRuleView), version: z.number().int() });
export type ScheduleView = z.infer<typeof scheduleView>;

/** A stretch of leave or extra hours, half-open, as instants; `timeZone` is the location's where there is one. */
export const exceptionView = z.object({
  id: z.uuid(),
  doctorId: z.uuid(),
  kind: z.enum(["leave", "extra"]),
  locationId: z.uuid().nullable(),
  timeZone: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  reason: z.string().nullable(),
});
export type ExceptionView = z.infer<typeof exceptionView>;

/** What was written, and the visits that now fall into the leave; none for extra hours. */
export type CreatedException = ExceptionView & { affectedAppointments: AppointmentView[] };
