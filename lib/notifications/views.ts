import { z } from "zod";
import { NOTIFICATION_STATUSES } from "@/db/schema";

const instant = z.iso.datetime();

/** What became of one message. Neither its address nor its text is kept. */
export const notificationView = z.object({
  id: z.uuid(),
  kind: z.string(),
  /** `now`; of a reminder `before_1440`, of a follow-up `after_60`: minutes. */
  step: z.string(),
  channel: z.enum(["email", "sms"]),
  status: z.enum(NOTIFICATION_STATUSES),
  appointmentId: z.uuid().nullable(),
  patientId: z.uuid().nullable(),
  dueAt: instant,
  sentAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  attempts: z.int(),
  /** Why it was not sent; never the provider's words. */
  errorClass: z.string().nullable(),
  createdAt: instant,
});
export type NotificationView = z.infer<typeof notificationView>;

/** What was given up: a message after its last try, or an event that nobody could handle. */
export const deadLetterView = z.object({
  id: z.uuid(),
  source: z.enum(["message", "event"]),
  kind: z.string(),
  channel: z.enum(["email", "sms"]).nullable(),
  appointmentId: z.uuid().nullable(),
  attempts: z.int(),
  errorClass: z.string().nullable(),
  /** When it was given up. */
  at: instant,
});
export type DeadLetterView = z.infer<typeof deadLetterView>;
