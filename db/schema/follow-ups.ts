import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { appointments } from "./appointments";
import { locations, services } from "./clinic";
import { createdAt, id, instant, updatedAt, version } from "./columns";
import { doctors } from "./doctors";
import { patients } from "./patients";
import { isAdminOrSystem, ofOwnVisit, ownPatient, policiesOf, seesAll, visibleWhere } from "./policies";

/** When the patient of a visit should come again: the doctor's word, or the service's rule once the visit has taken place. */
export const nextVisits = pgTable(
  "next_visits",
  {
    id: id(),
    appointmentId: uuid()
      .notNull()
      .references(() => appointments.id, { onDelete: "cascade" }),
    /** The visit's, for policies. */
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    /** What they come for. */
    serviceId: uuid()
      .notNull()
      .references(() => services.id),
    /** null: they need not, whatever the service says. */
    weeks: integer(),
    /** The day at the visit's place, so many weeks after it. */
    wishedOn: date(),
    /** When the time to ask had come, and what came of it. */
    settledAt: instant(),
    outcome: text({ enum: ["asked", "booked", "not_attended", "unreachable"] }),
    /** null: the service's rule. */
    setByUserId: uuid().references(() => users.id),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("next_visits_one").on(t.appointmentId),
    check("next_visits_weeks_sane", sql`${t.weeks} between 1 and 104`),
    check("next_visits_dated", sql`(${t.weeks} is null) = (${t.wishedOn} is null)`),
    check("next_visits_settled", sql`(${t.settledAt} is null) = (${t.outcome} is null)`),
    check("next_visits_outcome_known", sql`${t.outcome} in ('asked', 'booked', 'not_attended', 'unreachable')`),
    index("next_visits_due").on(t.wishedOn, t.id).where(sql`${t.settledAt} is null and ${t.weeks} is not null`),
    index("next_visits_patient").on(t.patientId),
    ...policiesOf("next_visits", {
      read: sql`${seesAll} or ${ownPatient(sql`${t.patientId}`)} or ${ofOwnVisit(t)}`,
      insert: sql`${seesAll} or ${ofOwnVisit(t)}`,
      update: sql`${seesAll} or ${ofOwnVisit(t)}`,
      delete: seesAll,
    }),
  ],
);

/** Whom the clinic asks to come again when they have not been for a while. Nulls mean any. */
export const recalls = pgTable(
  "recalls",
  {
    id: id(),
    name: text().notNull(),
    /** What they are asked to book. */
    serviceId: uuid()
      .notNull()
      .references(() => services.id),
    /** So long after their last visit, and so long again after they were asked. */
    months: integer().notNull().default(12),
    /** Whether a visit for anything counts, or for this service alone. */
    countsAnyVisit: boolean().notNull().default(true),
    /** Whom and where the last visit was with and at. */
    doctorId: uuid().references(() => doctors.id),
    locationId: uuid().references(() => locations.id),
    /** In years, both included. */
    minAge: integer(),
    maxAge: integer(),
    active: boolean().notNull().default(true),
    /** When everybody was last looked at; null: not since it was made or changed. */
    lookedAt: instant(),
    /** How far a look that is under way has come, in order of patients' ids. */
    lookedUpTo: uuid(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check("recalls_months_sane", sql`${t.months} between 1 and 120`),
    check(
      "recalls_ages_sane",
      sql`${t.minAge} between 0 and 150 and ${t.maxAge} between 0 and 150 and ${t.minAge} <= ${t.maxAge}`,
    ),
    index("recalls_name").on(t.name),
    ...policiesOf("recalls", {
      read: seesAll,
      insert: isAdminOrSystem,
      update: isAdminOrSystem,
      delete: isAdminOrSystem,
    }),
  ],
);

/** Whose last visit is so long ago, as of the last look; whether they have been or booked since is asked when it matters. */
export const recallPatients = pgTable(
  "recall_patients",
  {
    recallId: uuid()
      .notNull()
      .references(() => recalls.id, { onDelete: "cascade" }),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    lastVisitId: uuid()
      .notNull()
      .references(() => appointments.id),
    lastVisitAt: instant().notNull(),
    /** From when on to write to them; null: not, as they have not agreed or have been asked. */
    askFrom: instant(),
    /** When they were last asked, by message or on the telephone. */
    askedAt: instant(),
    askedCount: integer().notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.recallId, t.patientId] }),
    index("recall_patients_list").on(t.recallId, t.lastVisitAt),
    index("recall_patients_patient").on(t.patientId),
    index("recall_patients_visit").on(t.lastVisitId),
    index("recall_patients_ask").on(t.askFrom).where(sql`${t.askFrom} is not null`),
    index("recall_patients_asked").on(t.askedAt).where(sql`${t.askedAt} is not null`),
    ...visibleWhere("recall_patients", seesAll),
  ],
);
