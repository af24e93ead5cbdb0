import { z } from "zod";
import { NOTIFICATION_STATUSES } from "@/db/schema";
import { MIN_LEAD_MINUTES } from "@/lib/domain/reminders";
import { idField, pageFields } from "@/lib/platform/fields";
import { locales } from "@/lib/platform/messages";

const channel = z.enum(["email", "sms"]);

export const listNotificationsInput = z.strictObject({
  ...pageFields,
  appointmentId: idField.optional(),
  status: z.enum(NOTIFICATION_STATUSES).optional(),
});

const letterFilters = {
  /** A message that was given up, or an event that nobody could handle. */
  source: z.enum(["message", "event"]).optional(),
  /** Of a message its kind, of an event its topic. */
  kind: z.string().min(1).max(100).optional(),
  channel: channel.optional(),
  errorClass: z.string().min(1).max(100).optional(),
};
export const listDeadLettersInput = z.strictObject({ ...pageFields, ...letterFilters });
export const replayDeadLettersInput = z.strictObject(letterFilters);

/** HH:MM on the wall. */
export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 21:30");

/** What is left out stays as it is. */
export const putPreferencesInput = z.strictObject({
  channels: z.strictObject({ email: z.boolean().optional(), sms: z.boolean().optional() }).optional(),
  /** Minutes before a visit at which to be reminded; none: never; null: as the clinic has set for each service. */
  leadMinutes: z.array(z.int().min(MIN_LEAD_MINUTES).max(129_600)).max(6).nullish(),
  /** By the account's own clock; `from` equal to `until`: none; null: the usual ones. */
  quietHours: z.strictObject({ from: wallTime, until: wallTime }).nullish(),
  language: z.enum(locales).optional(),
});

export type PutPreferencesInput = z.infer<typeof putPreferencesInput>;
export type DeadLetterFilters = z.infer<typeof replayDeadLettersInput>;
