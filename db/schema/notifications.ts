import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, time, unique, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { appointments } from "./appointments";
import { createdAt, id, instant, updatedAt } from "./columns";
import { patients } from "./patients";
import { ownPatient, ownUser, policiesOf, seesAll, visibleWhere } from "./policies";

/**
 * The ledger: one row per message that is owed. Its key says that a visit at one version gets one message of a kind, step and channel;
 * the id goes to the provider as idempotency key. Neither address nor text is kept: both are read again when it is sent.
 */
export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    kind: text().notNull(),
    step: text().notNull().default("now"),
    channel: text({ enum: ["email", "sms"] }).notNull(),
    appointmentId: uuid().references(() => appointments.id, { onDelete: "cascade" }),
    appointmentVersion: integer(),
    patientId: uuid().references(() => patients.id),
    userId: uuid().references(() => users.id),
    /** The outbox row that asked for a message which is no visit's (verify, reset, invite). */
    eventId: uuid(),
    status: text({ enum: ["pending", "sending", "sent", "failed", "withdrawn", "dead"] })
      .notNull()
      .default("pending"),
    dueAt: instant().notNull(),
    claimedAt: instant(),
    sentAt: instant(),
    attempts: integer().notNull().default(0),
    /** The class of what went wrong, never the provider's words: those may hold an address. */
    errorClass: text(),
    providerMessageId: text(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("notifications_once")
      .on(t.appointmentId, t.kind, t.step, t.channel, t.appointmentVersion, t.userId, t.patientId, t.eventId)
      .nullsNotDistinct(),
    check("notifications_channel_known", sql`${t.channel} in ('email', 'sms')`),
    check(
      "notifications_status_known",
      sql`${t.status} in ('pending', 'sending', 'sent', 'failed', 'withdrawn', 'dead')`,
    ),
    index("notifications_due").on(t.dueAt, t.id).where(sql`${t.status} = 'pending'`),
    index("notifications_appointment").on(t.appointmentId),
    index("notifications_patient").on(t.patientId),
    index("notifications_user").on(t.userId),
    index("notifications_status").on(t.status, t.createdAt, t.id),
    // Those whom it concerns read the ledger; the worker and the clinic keep it.
    ...policiesOf("notifications", {
      read: sql`${seesAll} or ${ownPatient(sql`${t.patientId}`)} or ${ownUser(sql`${t.userId}`)}`,
      insert: seesAll,
      update: seesAll,
      delete: seesAll,
    }),
  ],
);

export const notificationPreferences = pgTable(
  "notification_preferences",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    channel: text({ enum: ["email", "sms"] }).notNull(),
    enabled: boolean().notNull().default(true),
    /** Minutes before the visit at which to remind; null: the service's own. */
    leadMinutes: integer().array(),
    quietFrom: time(),
    quietUntil: time(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.channel] }),
    check("notification_preferences_channel_known", sql`${t.channel} in ('email', 'sms')`),
    ...visibleWhere("notification_preferences", sql`${seesAll} or ${ownUser(sql`${t.userId}`)}`),
  ],
);
