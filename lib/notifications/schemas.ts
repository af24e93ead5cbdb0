import { z } from "zod";
import { NOTIFICATION_STATUSES } from "@/db/schema";
import { idField, pageFields } from "@/lib/platform/fields";

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

export type ListNotificationsInput = z.infer<typeof listNotificationsInput>;
export type DeadLetterFilters = z.infer<typeof replayDeadLettersInput>;
