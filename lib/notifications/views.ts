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

/** How an account wishes to be written to. */
export const preferencesView = z.object({
  /** Whether messages go out this way at all. */
  channels: z.object({ email: z.boolean(), sms: z.boolean() }),
  /** Channels that were ended from outside: by the answer STOP, or as the address does not exist. Switching one on again lifts that. */
  stopped: z.array(z.enum(["email", "sms"])),
  leadMinutes: z.array(z.int()).nullable(),
  quietHours: z.object({ from: z.string(), until: z.string() }).nullable(),
  language: z.string(),
  /** By whose clock the quiet hours are meant; null: that of the place of each visit. */
  timeZone: z.string().nullable(),
});
export type PreferencesView = z.infer<typeof preferencesView>;
