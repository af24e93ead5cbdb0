import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { appointments } from "./appointments";
import { locations, services } from "./clinic";
import { createdAt, id, instant, updatedAt, version } from "./columns";
import { doctors } from "./doctors";
import { patients } from "./patients";
import { isSystem, mayFor, ownPatient, policiesOf, seesAll } from "./policies";

export const WAITLIST_STATUSES = ["waiting", "fulfilled", "left", "lapsed"] as const;
export const PARTS_OF_DAY = ["morning", "afternoon", "evening"] as const;
/** `taken`: somebody else of the round was faster. */
export const OFFER_STATUSES = ["open", "accepted", "declined", "expired", "withdrawn", "taken"] as const;
/** Why reception took a wish off the list. */
export const LEAVE_REASONS = ["asked", "booked_otherwise", "not_needed", "unreachable", "mistake"] as const;

/** Wishes for a time that is not free yet. Empty lists and nulls mean that any will do. */
export const waitlistEntries = pgTable(
  "waitlist_entries",
  {
    id: id(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    serviceId: uuid()
      .notNull()
      .references(() => services.id),
    doctorIds: uuid().array().notNull().default([]),
    locationId: uuid().references(() => locations.id),
    /** Days at the place, both included. */
    fromDate: date().notNull(),
    toDate: date().notNull(),
    /** 1 (Monday) to 7. */
    weekdays: integer().array().notNull().default([]),
    partsOfDay: text({ enum: PARTS_OF_DAY }).array().notNull().default([]),
    /** The booked visit that a time must be earlier than, and which moves to it. */
    earlierThanId: uuid().references(() => appointments.id),
    status: text({ enum: WAITLIST_STATUSES }).notNull().default("waiting"),
    endedAt: instant(),
    /** Where the clinic took it off the list. */
    leaveReason: text({ enum: LEAVE_REASONS }),
    createdByUserId: uuid().references(() => users.id),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check("waitlist_entries_status_known", sql`${t.status} in ('waiting', 'fulfilled', 'left', 'lapsed')`),
    check(
      "waitlist_entries_leave_reason_known",
      sql`${t.leaveReason} in ('asked', 'booked_otherwise', 'not_needed', 'unreachable', 'mistake')`,
    ),
    check("waitlist_entries_leave_reason", sql`${t.leaveReason} is null or ${t.status} = 'left'`),
    check("waitlist_entries_span", sql`${t.fromDate} <= ${t.toDate}`),
    check("waitlist_entries_weekdays_known", sql`${t.weekdays} <@ array[1, 2, 3, 4, 5, 6, 7]`),
    check("waitlist_entries_parts_known", sql`${t.partsOfDay} <@ array['morning', 'afternoon', 'evening']`),
    check("waitlist_entries_ended", sql`(${t.status} = 'waiting') = (${t.endedAt} is null)`),
    index("waitlist_entries_patient").on(t.patientId),
    index("waitlist_entries_waiting").on(t.serviceId, t.createdAt).where(sql`${t.status} = 'waiting'`),
    index("waitlist_entries_earlier").on(t.earlierThanId).where(sql`${t.earlierThanId} is not null`),
    index("waitlist_entries_list").on(t.createdAt, t.id),
    ...policiesOf("waitlist_entries", {
      read: sql`${seesAll} or ${ownPatient(sql`${t.patientId}`)}`,
      insert: sql`${seesAll} or ${mayFor(sql`${t.patientId}`, "book")}`,
      update: sql`${seesAll} or ${mayFor(sql`${t.patientId}`, "book")}`,
      delete: isSystem,
    }),
  ],
);

/**
 * A free time that is offered for a wish until it is answered or over. Those that are open for one doctor and start are a round: they share
 * the hold that keeps the time, and the first who accepts has it.
 */
export const waitlistOffers = pgTable(
  "waitlist_offers",
  {
    id: id(),
    entryId: uuid()
      .notNull()
      .references(() => waitlistEntries.id, { onDelete: "cascade" }),
    /** The entry's, for policies. */
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    /** The round's hold, and the visit once it is accepted; null once the time is given back. */
    appointmentId: uuid().references(() => appointments.id, { onDelete: "set null" }),
    doctorId: uuid()
      .notNull()
      .references(() => doctors.id),
    locationId: uuid()
      .notNull()
      .references(() => locations.id),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    status: text({ enum: OFFER_STATUSES }).notNull().default("open"),
    expiresAt: instant().notNull(),
    answeredAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    check(
      "waitlist_offers_status_known",
      sql`${t.status} in ('open', 'accepted', 'declined', 'expired', 'withdrawn', 'taken')`,
    ),
    check("waitlist_offers_answered", sql`(${t.status} = 'open') = (${t.answeredAt} is null)`),
    check("waitlist_offers_span", sql`${t.startsAt} < ${t.endsAt}`),
    uniqueIndex("waitlist_offers_one_open").on(t.entryId).where(sql`${t.status} = 'open'`),
    // What somebody let go is not offered to them again; what another had first may be, if it becomes free once more.
    uniqueIndex("waitlist_offers_once")
      .on(t.entryId, t.doctorId, t.startsAt)
      .where(sql`${t.status} not in ('withdrawn', 'taken')`),
    // Nobody is written to twice about one time, however many wishes it fits.
    uniqueIndex("waitlist_offers_one_each").on(t.patientId, t.doctorId, t.startsAt).where(sql`${t.status} = 'open'`),
    index("waitlist_offers_patient").on(t.patientId, t.createdAt),
    index("waitlist_offers_expiry").on(t.expiresAt).where(sql`${t.status} = 'open'`),
    index("waitlist_offers_appointment").on(t.appointmentId),
    index("waitlist_offers_time").on(t.doctorId, t.startsAt),
    ...policiesOf("waitlist_offers", {
      read: sql`${seesAll} or ${ownPatient(sql`${t.patientId}`)}`,
      insert: seesAll,
      update: sql`${seesAll} or ${mayFor(sql`${t.patientId}`, "book")}`,
      delete: isSystem,
    }),
  ],
);
