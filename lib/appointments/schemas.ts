import { z } from "zod";
import { STATUSES, type Status } from "@/lib/domain/status";
import { pageFields } from "@/lib/platform/fields";

/** RFC 3339 with an offset or Z, to the second; a `Date` once parsed. */
export const instantInput = z.iso
  .datetime({ offset: true, error: "must be an instant such as 2026-01-05T09:00:00Z" })
  .transform((text) => new Date(text))
  .refine((at) => at.getTime() % 1_000 === 0, { error: "must be a whole second" });

/** A date that exists, or an instant. */
const dateOrInstantInput = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: "must be a date such as 2026-01-05 or an instant such as 2026-01-05T09:00:00Z",
});

const text = (max: number) => z.string().trim().min(1).max(max);
const expectedVersion = z.number().int().min(1).optional();

export const holdSlotInput = z.strictObject({
  serviceId: z.uuid(),
  doctorId: z.uuid(),
  locationId: z.uuid().optional(),
  start: instantInput,
  patientId: z.uuid().optional(),
});

export const holdIdInput = z.strictObject({ id: z.uuid() });

export const bookAppointmentInput = z.strictObject({
  serviceId: z.uuid(),
  doctorId: z.uuid(),
  locationId: z.uuid().optional(),
  start: instantInput,
  patientId: z.uuid().optional(),
  holdId: z.uuid().optional(),
  reason: text(2_000).optional(),
  /** Staff only: why a time is taken that search would not offer. */
  overrideReason: text(500).optional(),
});

export const rescheduleAppointmentInput = z.strictObject({
  id: z.uuid(),
  start: instantInput,
  doctorId: z.uuid().optional(),
  overrideReason: text(500).optional(),
  expectedVersion,
});

export const cancelAppointmentInput = z.strictObject({ id: z.uuid(), reason: text(2_000).optional(), expectedVersion });

export const confirmAppointmentInput = z.strictObject({ id: z.uuid(), expectedVersion });

export const changeStatusInput = z.strictObject({
  id: z.uuid(),
  status: z.enum(["arrived", "checked_in", "in_progress", "fulfilled", "no_show"]),
  expectedVersion,
});

export const MAX_SERIES = 52;

export const bookSeriesInput = z
  .strictObject({
    serviceId: z.uuid(),
    doctorId: z.uuid(),
    locationId: z.uuid().optional(),
    starts: z.array(instantInput).min(1).max(MAX_SERIES).optional(),
    /** RFC 5545: `DTSTART...` and `RRULE:...` lines; wall times without a zone are the location's. */
    rrule: z.string().min(1).max(2_000).optional(),
    patientId: z.uuid().optional(),
    reason: text(2_000).optional(),
    overrideReason: text(500).optional(),
  })
  .refine((body) => (body.starts === undefined) !== (body.rrule === undefined), {
    error: "give either starts or rrule",
    path: ["starts"],
  });

const statuses = z.array(z.enum(STATUSES)).min(1).max(STATUSES.length);
const statusFilter = z
  .string()
  .refine((words) => statuses.safeParse(words.split(",")).success, `must be of ${STATUSES.join(", ")}`)
  .transform((words) => words.split(",") as Status[]);

export const listAppointmentsInput = z.strictObject({
  /** Dates are whole days at the visit's location, both included; instants are half-open. */
  from: dateOrInstantInput.optional(),
  to: dateOrInstantInput.optional(),
  /** One status, or several with commas between. Without it everything but holds. */
  status: statusFilter.optional(),
  doctorId: z.uuid().optional(),
  patientId: z.uuid().optional(),
  locationId: z.uuid().optional(),
  ...pageFields,
  order: z.enum(["asc", "desc"]).default("asc"),
});

export type HoldSlotInput = z.output<typeof holdSlotInput>;
export type HoldIdInput = z.output<typeof holdIdInput>;
export type BookAppointmentInput = z.output<typeof bookAppointmentInput>;
export type RescheduleAppointmentInput = z.output<typeof rescheduleAppointmentInput>;
export type CancelAppointmentInput = z.output<typeof cancelAppointmentInput>;
export type ConfirmAppointmentInput = z.output<typeof confirmAppointmentInput>;
export type ChangeStatusInput = z.output<typeof changeStatusInput>;
export type BookSeriesInput = z.output<typeof bookSeriesInput>;
export type ListAppointmentsInput = z.output<typeof listAppointmentsInput>;
