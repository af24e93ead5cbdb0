import { z } from "zod";

/** A place where visits happen; every wall time there is meant in its `timeZone`. */
export const locationView = z.object({
  id: z.uuid(),
  name: z.string(),
  timeZone: z.string(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  active: z.boolean(),
  version: z.number().int(),
});
export type LocationView = z.infer<typeof locationView>;

/** `serviceIds` empty: the room serves every service of its location. */
export const roomView = z.object({
  id: z.uuid(),
  locationId: z.uuid(),
  name: z.string(),
  serviceIds: z.array(z.uuid()),
  active: z.boolean(),
  version: z.number().int(),
});
export type RoomView = z.infer<typeof roomView>;

export const serviceView = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string().nullable(),
  durationMinutes: z.number().int(),
  modality: z.enum(["in_person", "video", "phone"]),
  audience: z.enum(["any", "new", "returning"]),
  slotStepMinutes: z.number().int(),
  bufferBeforeMinutes: z.number().int(),
  bufferAfterMinutes: z.number().int(),
  minNoticeMinutes: z.number().int(),
  horizonDays: z.number().int(),
  cancelCutoffMinutes: z.number().int(),
  rescheduleCutoffMinutes: z.number().int(),
  maxReschedules: z.number().int().nullable(),
  selfBookable: z.boolean(),
  requiresRoom: z.boolean(),
  reminderMinutes: z.array(z.number().int()),
  followUpMinutes: z.number().int().nullable(),
  nextVisitWeeks: z.number().int().nullable(),
  nextVisitServiceId: z.uuid().nullable(),
  active: z.boolean(),
  version: z.number().int(),
});
export type ServiceView = z.infer<typeof serviceView>;

/** What the clinic says of itself on pages and in messages. */
export const clinicSettingsView = z.object({
  name: z.string(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  email: z.string().nullable(),
  defaultLocale: z.string(),
  country: z.string().nullable(),
  videoBaseUrl: z.string().nullable(),
  /** How many days before and after a visit its doctor reads the patient's records. */
  recordAccessDays: z.number().int(),
  /** How many years after the newest of a patient's records they are kept, whoever asks for erasure. */
  recordRetentionYears: z.number().int(),
  /** How many people a time that becomes free is offered to at once. */
  offerBatchSize: z.number().int(),
  /** How many days before the day of a wished next visit its patient is asked to book it. */
  nextVisitLeadDays: z.number().int(),
});
export type ClinicSettings = z.infer<typeof clinicSettingsView>;
