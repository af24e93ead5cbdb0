import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  time,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { locations, services } from "./clinic";
import { bits, createdAt, id, tstzrange, updatedAt, version } from "./columns";

export const doctors = pgTable(
  "doctors",
  {
    id: id(),
    /** null for a doctor who never signs in (made by an import). */
    userId: uuid().references(() => users.id),
    name: text().notNull(),
    specialty: text(),
    active: boolean().notNull().default(true),
    version: version(),
    /** Counts changes of rules; what ETag of the schedule speaks of. */
    scheduleVersion: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [unique("doctors_user_unique").on(t.userId), index("doctors_name").on(t.name, t.id)],
);

export const doctorServices = pgTable(
  "doctor_services",
  {
    doctorId: uuid()
      .notNull()
      .references(() => doctors.id, { onDelete: "cascade" }),
    serviceId: uuid()
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.doctorId, t.serviceId] }), index("doctor_services_service").on(t.serviceId)],
);

export const doctorLocations = pgTable(
  "doctor_locations",
  {
    doctorId: uuid()
      .notNull()
      .references(() => doctors.id, { onDelete: "cascade" }),
    locationId: uuid()
      .notNull()
      .references(() => locations.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.doctorId, t.locationId] }), index("doctor_locations_location").on(t.locationId)],
);

/** Weekly working hours in the location's wall time. `24:00` closes a day. */
export const scheduleRules = pgTable(
  "schedule_rules",
  {
    id: id(),
    doctorId: uuid()
      .notNull()
      .references(() => doctors.id, { onDelete: "cascade" }),
    locationId: uuid()
      .notNull()
      .references(() => locations.id),
    /** ISO 8601: 1 Monday to 7 Sunday. */
    weekday: smallint().notNull(),
    startTime: time().notNull(),
    endTime: time().notNull(),
    validFrom: date(),
    /** The last day on which the rule holds. */
    validUntil: date(),
    /** null: every service of the doctor. */
    serviceIds: uuid().array(),
  },
  (t) => [
    check("schedule_rules_weekday_iso", sql`${t.weekday} between 1 and 7`),
    check("schedule_rules_hours_order", sql`${t.startTime} < ${t.endTime}`),
    check("schedule_rules_validity_order", sql`${t.validFrom} <= ${t.validUntil}`),
    index("schedule_rules_doctor").on(t.doctorId, t.weekday),
    index("schedule_rules_location").on(t.locationId),
  ],
);

export const scheduleExceptions = pgTable(
  "schedule_exceptions",
  {
    id: id(),
    doctorId: uuid()
      .notNull()
      .references(() => doctors.id, { onDelete: "cascade" }),
    kind: text({ enum: ["leave", "extra"] }).notNull(),
    /** Where extra hours are worked; null on leave: away from every place. */
    locationId: uuid().references(() => locations.id),
    during: tstzrange().notNull(),
    reason: text(),
    createdAt: createdAt(),
  },
  (t) => [
    check("schedule_exceptions_kind_known", sql`${t.kind} in ('leave', 'extra')`),
    check("schedule_exceptions_extra_has_place", sql`${t.kind} = 'leave' or ${t.locationId} is not null`),
    check(
      "schedule_exceptions_bounded",
      sql`not isempty(${t.during}) and lower(${t.during}) is not null and upper(${t.during}) is not null`,
    ),
    index("schedule_exceptions_doctor_during").using("gist", t.doctorId, t.during),
  ],
);

/**
 * Which five-minute cells of a UTC day are busy, per doctor: derived from appointments by trigger, so that search reads 36 bytes
 * a day instead of every visit. `exact` is false where a visit does not lie on the grid; search then asks for the ranges.
 */
export const doctorBusyDays = pgTable(
  "doctor_busy_days",
  {
    doctorId: uuid()
      .notNull()
      .references(() => doctors.id, { onDelete: "cascade" }),
    day: date().notNull(),
    bits: bits(288).notNull(),
    exact: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.doctorId, t.day] })],
);
