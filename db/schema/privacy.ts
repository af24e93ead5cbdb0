import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgPolicy, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { appRole, createdAt, id, instant } from "./columns";
import { patients } from "./patients";
import { definerSees, isAdminOrSystem, isPatient, isSystem, mayFor, ownPatient, seesAll } from "./policies";

export const CONSENT_KINDS = ["privacy_notice", "recalls"] as const;
export const CONSENT_PLACES = ["registration", "portal", "clinic", "import", "link"] as const;

/** What a patient agreed to or took back, one row each time; the newest of a kind holds. It only grows: it is the proof. */
export const consents = pgTable(
  "consents",
  {
    id: id(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    kind: text({ enum: CONSENT_KINDS }).notNull(),
    decision: text({ enum: ["given", "withdrawn"] }).notNull(),
    /** Of the text that was shown. */
    textVersion: integer().notNull(),
    at: instant().notNull(),
    /** The patient, or who did it for them; null for a job of ours. */
    byUserId: uuid(),
    place: text({ enum: CONSENT_PLACES }).notNull(),
  },
  (t) => [
    check("consents_kind_known", sql`${t.kind} in ('privacy_notice', 'recalls')`),
    check("consents_decision_known", sql`${t.decision} in ('given', 'withdrawn')`),
    check("consents_place_known", sql`${t.place} in ('registration', 'portal', 'clinic', 'import', 'link')`),
    index("consents_newest").on(t.patientId, t.kind, t.at.desc(), t.id.desc()),
    pgPolicy("consents_read", {
      for: "select",
      to: appRole,
      using: sql`${seesAll} or ${ownPatient(sql`${t.patientId}`)}`,
    }),
    // Nobody agrees in another's name; a registration is written by a job of ours, as nobody is signed in yet.
    pgPolicy("consents_add", {
      for: "insert",
      to: appRole,
      withCheck: sql`${isSystem} or (${t.byUserId} is not distinct from (select app_user_id())
        and (${seesAll} or ${isPatient(sql`${t.patientId}`)} or ${mayFor(sql`${t.patientId}`, "book")}))`,
    }),
    definerSees("consents"),
  ],
);

/** While one is live nothing of the patient is erased: a dispute, an inquiry. Ended, never deleted. */
export const legalHolds = pgTable(
  "legal_holds",
  {
    id: id(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    /** The admin's words; blanked with the patient. */
    reason: text().notNull(),
    /** null: until somebody ends it. */
    until: instant(),
    setByUserId: uuid(),
    endedAt: instant(),
    endedByUserId: uuid(),
    createdAt: createdAt(),
  },
  (t) => [
    index("legal_holds_patient").on(t.patientId),
    pgPolicy("legal_holds_app", { for: "all", to: appRole, using: isAdminOrSystem, withCheck: isAdminOrSystem }),
    definerSees("legal_holds"),
  ],
);

/** A request to be erased, what was decided, and the certificate of what was done: ids, counts and codes, no personal data. */
export const erasures = pgTable(
  "erasures",
  {
    id: id(),
    patientId: uuid()
      .notNull()
      .references(() => patients.id),
    status: text({ enum: ["requested", "refused", "done"] }).notNull(),
    requestedAt: instant().notNull(),
    requestedByUserId: uuid(),
    decidedAt: instant(),
    decidedByUserId: uuid(),
    refusal: text({ enum: ["identity_not_proved", "legal_hold", "legal_duty", "withdrawn"] }),
    /** `complete`: nothing is left that names the patient; `records_kept`: the law keeps the records and who they are of. */
    outcome: text({ enum: ["complete", "records_kept"] }),
    /** When the retention of what was kept is over. */
    keptUntil: instant(),
    /** Rows by what was done with them. */
    counts: jsonb().$type<Record<string, number>>(),
    /** Sealed files that are still to be removed from the store; their keys are gone already. */
    filesLeft: text().array().notNull().default(sql`'{}'`),
    /** SHA-256 over the certificate, hex. */
    certificateHash: text(),
  },
  (t) => [
    check("erasures_status_known", sql`${t.status} in ('requested', 'refused', 'done')`),
    check("erasures_decided", sql`(${t.status} = 'requested') = (${t.decidedAt} is null)`),
    check("erasures_refused", sql`(${t.status} = 'refused') = (${t.refusal} is not null)`),
    check(
      "erasures_proved",
      sql`(${t.status} = 'done') = (${t.outcome} is not null and ${t.counts} is not null and ${t.certificateHash} is not null)`,
    ),
    check(
      "erasures_refusal_known",
      sql`${t.refusal} in ('identity_not_proved', 'legal_hold', 'legal_duty', 'withdrawn')`,
    ),
    check("erasures_outcome_known", sql`${t.outcome} in ('complete', 'records_kept')`),
    uniqueIndex("erasures_one_open_request").on(t.patientId).where(sql`${t.status} = 'requested'`),
    index("erasures_patient").on(t.patientId),
    index("erasures_status").on(t.status, t.requestedAt),
    pgPolicy("erasures_read", {
      for: "select",
      to: appRole,
      using: sql`${isAdminOrSystem} or ${t.patientId} in (select app_record_reader_ids())`,
    }),
    // Patients ask; what becomes of it is an admin's to say.
    pgPolicy("erasures_ask", {
      for: "insert",
      to: appRole,
      withCheck: sql`${t.requestedByUserId} is not distinct from (select app_user_id()) and (${isAdminOrSystem}
        or (${t.status} = 'requested' and ${t.patientId} in (select app_record_reader_ids())))`,
    }),
    pgPolicy("erasures_decide", { for: "update", to: appRole, using: isAdminOrSystem, withCheck: isAdminOrSystem }),
    definerSees("erasures"),
  ],
);

/** What the retention jobs removed, and when; no row where there was nothing. */
export const retentionRuns = pgTable(
  "retention_runs",
  {
    id: id(),
    /** What it was: `sessions`, `notifications`. */
    what: text().notNull(),
    removed: integer().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    index("retention_runs_at").on(t.at),
    pgPolicy("retention_runs_read", { for: "select", to: appRole, using: isAdminOrSystem }),
    pgPolicy("retention_runs_add", { for: "insert", to: appRole, withCheck: isSystem }),
    definerSees("retention_runs"),
  ],
);
