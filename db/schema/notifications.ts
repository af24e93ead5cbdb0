import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, time, unique, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { appointments } from "./appointments";
import { bytes, createdAt, id, instant, updatedAt, version } from "./columns";
import { dataKeys } from "./keys";
import { patients } from "./patients";
import { isPatient, isSystem, ofOwnVisit, ownPatient, ownUser, policiesOf, seesAll, visibleWhere } from "./policies";

export const NOTIFICATION_STATUSES = [
  "pending",
  "queued",
  "sending",
  "sent",
  "delivered",
  "failed",
  "withdrawn",
  "dead",
] as const;

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
    /** No foreign key: what was written about an offer stays when its hold goes. */
    appointmentId: uuid(),
    appointmentVersion: integer(),
    patientId: uuid().references(() => patients.id),
    userId: uuid().references(() => users.id),
    /** The outbox row that asked for a message which is no visit's (verify, reset, invite). */
    eventId: uuid(),
    /** `queued`: a worker has handed its id to the broker. `delivered`: the provider says that it arrived. */
    status: text({ enum: NOTIFICATION_STATUSES }).notNull().default("pending"),
    dueAt: instant().notNull(),
    claimedAt: instant(),
    sentAt: instant(),
    deliveredAt: instant(),
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
      sql`${t.status} in ('pending', 'queued', 'sending', 'sent', 'delivered', 'failed', 'withdrawn', 'dead')`,
    ),
    index("notifications_due").on(t.dueAt, t.id).where(sql`${t.status} = 'pending'`),
    index("notifications_appointment").on(t.appointmentId),
    index("notifications_patient").on(t.patientId),
    index("notifications_user").on(t.userId),
    index("notifications_by_status").on(t.status, t.id),
    index("notifications_claimed").on(t.claimedAt).where(sql`${t.status} in ('queued', 'sending')`),
    // What waits for its provider is counted at each reading of the metrics.
    index("notifications_held")
      .on(t.channel, t.errorClass)
      .where(sql`${t.status} = 'pending' and ${t.errorClass} is not null`),
    index("notifications_provider").on(t.providerMessageId).where(sql`${t.providerMessageId} is not null`),
    // Those whom it concerns read the ledger; the worker and the clinic keep it.
    ...policiesOf("notifications", {
      read: sql`${seesAll} or ${ownPatient(sql`${t.patientId}`)} or ${ownUser(sql`${t.userId}`)} or ${ofOwnVisit(t)}`,
      insert: seesAll,
      update: sql`${seesAll} or ${ofOwnVisit(t)}`,
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

/** A patient's address that is written to no more: they said STOP, or it does not exist. Proxies' own rows stand for their addresses. */
export const channelStops = pgTable(
  "channel_stops",
  {
    patientId: uuid()
      .notNull()
      .references(() => patients.id, { onDelete: "cascade" }),
    channel: text({ enum: ["email", "sms"] }).notNull(),
    reason: text({ enum: ["stop", "bounced"] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.patientId, t.channel] }),
    check("channel_stops_channel_known", sql`${t.channel} in ('email', 'sms')`),
    check("channel_stops_reason_known", sql`${t.reason} in ('stop', 'bounced')`),
    ...policiesOf("channel_stops", {
      read: sql`${seesAll} or ${ownPatient(sql`${t.patientId}`)}`,
      insert: sql`${seesAll} or ${isPatient(sql`${t.patientId}`)}`,
      update: sql`${seesAll} or ${isPatient(sql`${t.patientId}`)}`,
      delete: sql`${seesAll} or ${isPatient(sql`${t.patientId}`)}`,
    }),
  ],
);

/** What a message's link lets whoever holds it do: one act on one visit, or for its patient, until it is used, revoked or over. Only a hash of it is kept. */
export const messageLinks = pgTable(
  "message_links",
  {
    id: id(),
    tokenHash: text().notNull(),
    notificationId: uuid()
      .notNull()
      .references(() => notifications.id, { onDelete: "cascade" }),
    appointmentId: uuid()
      .notNull()
      .references(() => appointments.id, { onDelete: "cascade" }),
    act: text({ enum: ["confirm", "cancel", "move", "unsubscribe"] }).notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    revokedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("message_links_token_unique").on(t.tokenHash),
    check("message_links_act_known", sql`${t.act} in ('confirm', 'cancel', 'move', 'unsubscribe')`),
    index("message_links_notification").on(t.notificationId),
    index("message_links_appointment").on(t.appointmentId),
    index("message_links_expiry").on(t.expiresAt),
    ...visibleWhere("message_links", isSystem),
  ],
);

export const INBOUND_MEANINGS = ["confirm", "cancel", "move", "stop", "start", "help", "text"] as const;

/** What patients and strangers answered, sealed: under the patient's key, else under the key-encryption key itself. */
export const inboundMessages = pgTable(
  "inbound_messages",
  {
    id: id(),
    /** `link`: asked for on the page of a message's link. */
    channel: text({ enum: ["sms", "link"] })
      .notNull()
      .default("sms"),
    /** The provider's own id: one that comes twice is handled once. */
    providerMessageId: text().notNull(),
    patientId: uuid().references(() => patients.id, { onDelete: "cascade" }),
    appointmentId: uuid().references(() => appointments.id, { onDelete: "set null" }),
    /** What it was taken for; `text` is for somebody to read. */
    meaning: text({ enum: INBOUND_MEANINGS }).notNull(),
    /** As an earlier version kept what strangers wrote, until it is sealed. */
    sender: text(),
    body: text(),
    /** `{sender, body}`. */
    contentSealed: bytes(),
    keyId: uuid().references(() => dataKeys.id),
    /** Which key-encryption key seals what a stranger wrote: there is no patient whose key could. */
    kekId: text(),
    receivedAt: instant().notNull(),
    /** Whether what it asked for was done; null where nothing was asked. */
    isDone: boolean(),
    handledAt: instant(),
    handledByUserId: uuid().references(() => users.id),
  },
  (t) => [
    unique("inbound_messages_once").on(t.providerMessageId),
    check(
      "inbound_messages_meaning_known",
      sql`${t.meaning} in ('confirm', 'cancel', 'move', 'stop', 'start', 'help', 'text')`,
    ),
    // Made NOT VALID by its migration: rows that wait to be sealed may lie, but none is written.
    check(
      "inbound_messages_stranger_sealed",
      sql`${t.patientId} is not null or num_nonnulls(${t.sender}, ${t.body}) = 0`,
    ),
    index("inbound_messages_patient").on(t.patientId, t.receivedAt),
    index("inbound_messages_appointment").on(t.appointmentId),
    index("inbound_messages_open").on(t.receivedAt, t.id).where(sql`${t.handledAt} is null`),
    // What was handled is removed after a while.
    index("inbound_messages_handled").on(t.handledAt).where(sql`${t.handledAt} is not null`),
    index("inbound_messages_key").on(t.keyId),
    ...visibleWhere("inbound_messages", seesAll),
  ],
);

/** The clinic's own words in place of ours, by kind of message, channel and language. A name in braces is a placeholder. */
export const messageTemplates = pgTable(
  "message_templates",
  {
    id: id(),
    kind: text().notNull(),
    channel: text({ enum: ["email", "sms"] }).notNull(),
    locale: text().notNull(),
    /** null for a short message. */
    subject: text(),
    body: text().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [unique("message_templates_once").on(t.kind, t.channel, t.locale)],
);
