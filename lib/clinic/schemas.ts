import { z } from "zod";
import { MIN_LEAD_MINUTES } from "@/lib/domain/reminders";
import {
  emailField,
  idField,
  localeField,
  nameField,
  pageFields,
  textField,
  timeZoneField,
  versionFields,
} from "@/lib/platform/fields";

const listFilters = {
  serviceId: idField.optional(),
  locationId: idField.optional(),
  /** `all` shows what is switched off too; staff only. */
  state: z.enum(["active", "all"]).default("active"),
};

const locationFields = {
  name: nameField(),
  timeZone: timeZoneField,
  address: textField(300),
  phone: textField(40),
  active: z.boolean().optional(),
};
export const createLocationInput = z.strictObject(locationFields);
export const updateLocationBody = createLocationInput.partial();
export const updateLocationInput = updateLocationBody.extend(versionFields);
export const listLocationsInput = z.strictObject({ ...pageFields, ...listFilters });

export const createRoomInput = z.strictObject({
  locationId: idField,
  name: nameField(),
  /** None: the room serves every service of its location. */
  serviceIds: z.array(idField).max(200).optional(),
  active: z.boolean().optional(),
});
export const updateRoomBody = createRoomInput.partial();
export const updateRoomInput = updateRoomBody.extend(versionFields);
export const listRoomsInput = z.strictObject({ ...pageFields, ...listFilters });

const minutes = (max: number, min = 0) => z.number().int().min(min).max(max);
const YEAR_MINUTES = 366 * 24 * 60;

export const createServiceInput = z.strictObject({
  name: nameField(),
  description: textField(1_000),
  durationMinutes: minutes(1_440, 1),
  modality: z.enum(["in_person", "video", "phone"]),
  audience: z.enum(["any", "new", "returning"]).optional(),
  /** Left out: the duration. */
  slotStepMinutes: minutes(1_440, 1).optional(),
  bufferBeforeMinutes: minutes(480).optional(),
  bufferAfterMinutes: minutes(480).optional(),
  minNoticeMinutes: minutes(YEAR_MINUTES).optional(),
  horizonDays: z.number().int().min(1).max(3_660).optional(),
  cancelCutoffMinutes: minutes(YEAR_MINUTES).optional(),
  rescheduleCutoffMinutes: minutes(YEAR_MINUTES).optional(),
  /** null: as often as they like. */
  maxReschedules: z.number().int().min(0).max(100).nullish(),
  selfBookable: z.boolean().optional(),
  requiresRoom: z.boolean().optional(),
  /** Minutes before a visit at which its patient is reminded; none: not at all. */
  reminderMinutes: z
    .array(minutes(129_600, MIN_LEAD_MINUTES))
    .max(6)
    .refine((leads) => new Set(leads).size === leads.length, "must not name one twice")
    .optional(),
  /** Minutes after a visit at which its patient is written to once more; null: not at all. */
  followUpMinutes: minutes(129_600).nullish(),
  /** Weeks after a visit at which its patient should come again; null: nobody is asked to. */
  nextVisitWeeks: z.number().int().min(1).max(104).nullish(),
  /** What they come for then; null: this again. */
  nextVisitServiceId: idField.nullish(),
  active: z.boolean().optional(),
});
export const updateServiceBody = createServiceInput.partial();
export const updateServiceInput = updateServiceBody.extend(versionFields);
export const listServicesInput = z.strictObject({ ...pageFields, ...listFilters });

/** What the clinic says of itself. A setting that is left out stays as it is; null takes it away. */
export const updateSettingsInput = z.strictObject({
  name: nameField().optional(),
  phone: textField(40),
  address: textField(300),
  email: emailField.nullish(),
  defaultLocale: localeField.optional(),
  /** ISO 3166 code of the country whose telephone numbers may be written without a country code. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be two capital letters")
    .nullish(),
  /** Where video visits meet; the visit's reference is put at its end. */
  videoBaseUrl: z.url({ protocol: /^https$/, error: "must be an address that starts with https://" }).nullish(),
  recordAccessDays: z.coerce.number().int().min(1).max(3_650).optional(),
  recordRetentionYears: z.coerce.number().int().min(1).max(100).optional(),
  offerBatchSize: z.coerce.number().int().min(1).max(20).optional(),
  nextVisitLeadDays: z.coerce.number().int().min(1).max(90).optional(),
});

export type CreateLocationInput = z.infer<typeof createLocationInput>;
export type UpdateLocationInput = z.infer<typeof updateLocationInput>;
export type CreateRoomInput = z.infer<typeof createRoomInput>;
export type UpdateRoomInput = z.infer<typeof updateRoomInput>;
export type CreateServiceInput = z.infer<typeof createServiceInput>;
export type UpdateServiceInput = z.infer<typeof updateServiceInput>;
export type UpdateSettingsInput = z.infer<typeof updateSettingsInput>;
