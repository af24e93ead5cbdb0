import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { locations, rooms, services } from "./clinic";
import { appRole, createdAt, id, instant, tstzrange, updatedAt, version } from "./columns";
import { doctors } from "./doctors";
import { patients } from "./patients";
import { definerSees, isPatient, isSystem, mayFor, ownDoctor, ownPatient, policiesOf, seesAll } from "./policies";

export const APPOINTMENT_STATUSES = [
  "held",
  "booked",
  "arrived",
  "checked_in",
  "in_progress",
  "fulfilled",
  "no_show",
  "cancelled",
] as const;

/**
 * Visits and holds. Three exclusion constraints (in the hand-written migration, as Drizzle has no word for them) keep a doctor, a room
 * and a patient from being in two places at once; every status but `cancelled` occupies its time.
 */
export const appointments = pgTable(
  "appointments",
  {
    id: id(),
    /** What people read out on the telephone. */
    reference: text().notNull(),
    status: text({ enum: APPOINTMENT_STATUSES }).notNull(),
    serviceId: uuid()
      .notNull()
      .references(() => services.id),
    doctorId: uuid()
      .notNull()
      .references(() => doctors.id),
    locationId: uuid()
      .notNull()
      .references(() => locations.id),
    roomId: uuid().references(() => rooms.id),
    /** null only while staff hold a time for somebody not named yet. */
    patientId: uuid().references(() => patients.id),
    /** The visit itself, half-open. */
    during: tstzrange().notNull(),
    /** The visit with its service's buffers, as they were when it was booked. */
    busy: tstzrange().notNull(),
    startsAt: instant().notNull().generatedAlwaysAs(sql`lower(during)`),
    endsAt: instant().notNull().generatedAlwaysAs(sql`upper(during)`),
    reason: text(),
    overrideReason: text(),
    cancelReason: text(),
    videoUrl: text(),
    confirmedAt: instant(),
    cancelledAt: instant(),
    holdExpiresAt: instant(),
    holdExtended: boolean().notNull().default(false),
    rescheduleCount: integer().notNull().default(0),
    seriesId: uuid(),
    createdByUserId: uuid().references(() => users.id),
    /** When the visit was asked for; an import knows an earlier instant than `created_at`. */
    requestedAt: instant().notNull().default(sql`now()`),
    /** Where an import took the row from, and its number there. */
    externalId: text(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("appointments_reference_unique").on(t.reference),
    uniqueIndex("appointments_external_unique").on(t.externalId).where(sql`${t.externalId} is not null`),
    check(
      "appointments_status_known",
      sql`${t.status} in ('held', 'booked', 'arrived', 'checked_in', 'in_progress', 'fulfilled', 'no_show', 'cancelled')`,
    ),
    check("appointments_busy_holds_visit", sql`${t.busy} @> ${t.during} and not isempty(${t.during})`),
    check(
      "appointments_half_open",
      sql`lower_inc(${t.during}) and not upper_inc(${t.during}) and lower_inc(${t.busy}) and not upper_inc(${t.busy})`,
    ),
    check("appointments_bounded", sql`isfinite(lower(${t.busy})) and isfinite(upper(${t.busy}))`),
    check("appointments_patient_named", sql`${t.patientId} is not null or ${t.status} in ('held', 'cancelled')`),
    check("appointments_hold_expires", sql`(${t.status} = 'held') <= (${t.holdExpiresAt} is not null)`),
    check("appointments_cancelled_at", sql`(${t.status} = 'cancelled') = (${t.cancelledAt} is not null)`),
    // Reads 30 % faster than the GiST index, and answers a calendar from the index alone.
    index("appointments_doctor_start").on(t.doctorId, t.startsAt),
    index("appointments_patient_start").on(t.patientId, t.startsAt),
    index("appointments_location_start").on(t.locationId, t.startsAt),
    index("appointments_start").on(t.startsAt, t.id),
    index("appointments_hold_expiry").on(t.holdExpiresAt).where(sql`${t.status} = 'held'`),
    index("appointments_series").on(t.seriesId).where(sql`${t.seriesId} is not null`),
    ...policiesOf("appointments", {
      read: sql`${isOwn(t)} or ${ownPatient(sql`${t.patientId}`)}`,
      insert: sql`${isOwn(t)} or ${mayFor(sql`${t.patientId}`, "book")}`,
      // Which of the two a change needs shows in what it leaves behind.
      update: sql`${isOwn(t)} or ${mayFor(sql`${t.patientId}`, "book")} or ${mayFor(sql`${t.patientId}`, "cancel")}`,
      updated: sql`${isOwn(t)} or case when ${t.status} = 'cancelled' then ${mayFor(sql`${t.patientId}`, "cancel")} else ${mayFor(sql`${t.patientId}`, "book")} end`,
      // A visit is cancelled, never deleted; a hold goes.
      delete: sql`${isSystem} or (${t.status} = 'held' and (${isOwn(t)} or ${mayFor(sql`${t.patientId}`, "book")}))`,
    }),
  ],
);

/** The clinic's, the doctor's or the patient's own, with no look at grants: what nearly every row is. */
const isOwn = (t: { doctorId: unknown; patientId: unknown }) =>
  sql`${seesAll} or ${ownDoctor(sql`${t.doctorId}`)} or ${isPatient(sql`${t.patientId}`)}`;

/** What happened to a visit, in order; written in the transaction of the change and never altered. */
export const appointmentEvents = pgTable(
  "appointment_events",
  {
    id: id(),
    appointmentId: uuid()
      .notNull()
      .references(() => appointments.id, { onDelete: "cascade" }),
    /** Past tense: `appointment.booked`. */
    type: text().notNull(),
    /** The visit's version after the change. */
    version: integer().notNull(),
    actorKind: text({ enum: ["user", "system"] }).notNull(),
    actorUserId: uuid().references(() => users.id),
    /** ids, instants and status words; no free text. */
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    at: instant().notNull(),
  },
  (t) => [
    index("appointment_events_appointment").on(t.appointmentId, t.version),
    // For the report on what becomes of times that are given back.
    index("appointment_events_freed")
      .on(t.at)
      .where(sql`${t.type} in ('appointment.cancelled', 'appointment.rescheduled')`),
    // Read with its visit; written in its own name by whoever may write the visit. Our own jobs (the seed) tell of others' doings too.
    pgPolicy("appointment_events_read", {
      for: "select",
      to: appRole,
      // Whoever sees all visits sees all that happened to them: no visit is looked up for it.
      using: sql`${seesAll} or exists (select 1 from appointments a where a.id = ${t.appointmentId})`,
    }),
    pgPolicy("appointment_events_write", {
      for: "insert",
      to: appRole,
      withCheck: sql`${isSystem} or (${t.actorKind} = (select app_kind()) and ${t.actorUserId} is not distinct from (select app_user_id())
        and (${seesAll} or may_write_visit(${t.appointmentId})))`,
    }),
    definerSees("appointment_events"),
  ],
);

/** The status machine of `lib/domain/status.ts`, here so that the database refuses what it refuses. */
export const appointmentTransitions = pgTable(
  "appointment_transitions",
  { fromStatus: text().notNull(), toStatus: text().notNull() },
  (t) => [primaryKey({ columns: [t.fromStatus, t.toStatus] })],
);
