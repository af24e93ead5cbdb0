import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, updatedAt, version } from "./columns";

export const locations = pgTable(
  "locations",
  {
    id: id(),
    name: text().notNull(),
    /** IANA name; every wall time at this place is read in it. */
    timeZone: text().notNull(),
    address: text(),
    phone: text(),
    active: boolean().notNull().default(true),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index("locations_name").on(t.name)],
);

export const services = pgTable(
  "services",
  {
    id: id(),
    name: text().notNull(),
    description: text(),
    durationMinutes: integer().notNull(),
    modality: text({ enum: ["in_person", "video", "phone"] })
      .notNull()
      .default("in_person"),
    /** Whom the service is for: the portal asks "new or returning?" before it offers times, as that sets the length. */
    audience: text({ enum: ["any", "new", "returning"] })
      .notNull()
      .default("any"),
    slotStepMinutes: integer().notNull(),
    bufferBeforeMinutes: integer().notNull().default(0),
    bufferAfterMinutes: integer().notNull().default(0),
    minNoticeMinutes: integer().notNull().default(0),
    horizonDays: integer().notNull().default(90),
    cancelCutoffMinutes: integer().notNull().default(0),
    rescheduleCutoffMinutes: integer().notNull().default(0),
    /** null: as often as they like. */
    maxReschedules: integer(),
    selfBookable: boolean().notNull().default(true),
    requiresRoom: boolean().notNull().default(false),
    /** Minutes before the visit at which its patient is reminded, each a step of its own. */
    reminderMinutes: integer().array().notNull().default(sql`'{4320,1440,120}'`),
    /** Minutes after the end of a visit at which its patient is written to once more; null: not at all. */
    followUpMinutes: integer(),
    /** Weeks after a visit at which its patient should come again, unless the doctor says otherwise; null: nobody is asked to. */
    nextVisitWeeks: integer(),
    /** What they come for then; null: this again. */
    nextVisitServiceId: uuid().references((): AnyPgColumn => services.id),
    active: boolean().notNull().default(true),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("services_name").on(t.name),
    check("services_duration_sane", sql`${t.durationMinutes} between 1 and 1440`),
    check("services_step_sane", sql`${t.slotStepMinutes} between 1 and 1440`),
    check(
      "services_buffers_sane",
      sql`${t.bufferBeforeMinutes} between 0 and 480 and ${t.bufferAfterMinutes} between 0 and 480`,
    ),
    check("services_horizon_sane", sql`${t.horizonDays} between 1 and 3660 and ${t.minNoticeMinutes} >= 0`),
    check(
      "services_cutoffs_sane",
      sql`${t.cancelCutoffMinutes} >= 0 and ${t.rescheduleCutoffMinutes} >= 0 and ${t.maxReschedules} >= 0`,
    ),
    check(
      "services_reminders_sane",
      sql`30 <= all (${t.reminderMinutes}) and 129600 >= all (${t.reminderMinutes}) and cardinality(${t.reminderMinutes}) <= 6
        and ${t.followUpMinutes} between 0 and 129600`,
    ),
    check("services_next_visit_sane", sql`${t.nextVisitWeeks} between 1 and 104`),
    check("services_modality_known", sql`${t.modality} in ('in_person', 'video', 'phone')`),
    check("services_audience_known", sql`${t.audience} in ('any', 'new', 'returning')`),
  ],
);

export const rooms = pgTable(
  "rooms",
  {
    id: id(),
    locationId: uuid()
      .notNull()
      .references(() => locations.id),
    name: text().notNull(),
    active: boolean().notNull().default(true),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index("rooms_location").on(t.locationId, t.name)],
);

/** A room without a row here serves every service of its location. */
export const roomServices = pgTable(
  "room_services",
  {
    roomId: uuid()
      .notNull()
      .references(() => rooms.id, { onDelete: "cascade" }),
    serviceId: uuid()
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.roomId, t.serviceId] }), index("room_services_service").on(t.serviceId)],
);

/** The clinic's own settings, one row per key; read through `lib/clinic/settings.ts`. */
export const settings = pgTable("settings", {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: updatedAt(),
});
