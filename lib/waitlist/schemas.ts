import { z } from "zod";
import { LEAVE_REASONS, PARTS_OF_DAY, WAITLIST_STATUSES } from "@/db/schema";
import { instantInput } from "@/lib/appointments/schemas";
import { dateField, idField, pageFields } from "@/lib/platform/fields";

export const partOfDay = z.enum(PARTS_OF_DAY);
export const wishStatus = z.enum(WAITLIST_STATUSES);
export const leaveReason = z.enum(LEAVE_REASONS);
export type LeaveReason = z.output<typeof leaveReason>;

const distinct = <T>(items: readonly T[]) => new Set(items).size === items.length;

export const joinWaitlistInput = z
  .strictObject({
    serviceId: idField,
    /** Any who offer the service where there are none. */
    doctorIds: z.array(idField).max(20).refine(distinct, { error: "names one twice" }).optional(),
    locationId: idField.optional(),
    /** Days at the place, both included. */
    from: dateField,
    to: dateField,
    /** 1 (Monday) to 7. */
    weekdays: z.array(z.int().min(1).max(7)).max(7).refine(distinct, { error: "names one twice" }).optional(),
    partsOfDay: z.array(partOfDay).max(3).refine(distinct, { error: "names one twice" }).optional(),
    patientId: idField.optional(),
    /** A booked visit of this service: only earlier times are offered, and accepting one moves it there. */
    earlierThan: idField.optional(),
  })
  .refine(({ from, to }) => from <= to, { error: "must not be before `from`", path: ["to"] });

export const listWaitlistInput = z.strictObject({
  status: wishStatus.optional(),
  patientId: idField.optional(),
  serviceId: idField.optional(),
  /** Wishes that this doctor could fulfil by name. */
  doctorId: idField.optional(),
  ...pageFields,
});

export const waitlistIdInput = z.strictObject({ id: idField });

export const leaveWaitlistInput = z.strictObject({ id: idField, reason: leaveReason.optional() });
export const offerByHandInput = z.strictObject({
  id: idField,
  doctorId: idField,
  locationId: idField,
  start: instantInput,
});

export type JoinWaitlistInput = z.output<typeof joinWaitlistInput>;
export type LeaveWaitlistInput = z.output<typeof leaveWaitlistInput>;
export type OfferByHandInput = z.output<typeof offerByHandInput>;
export type WaitlistIdInput = z.output<typeof waitlistIdInput>;
