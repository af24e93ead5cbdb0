import type { PgTable } from "drizzle-orm/pg-core";
import * as db from "@/db/schema";

// Everything that is kept about a patient, column by column: what an export does with it, and what an erasure. A column that is not named here does not
// compile, a table that is in neither list fails a test. docs/privacy.md says the same in words.

/** `shown` is in the export as it is; everything else says why it is not, or where else. */
type Exported =
  | "shown"
  /** Sealed or in plain, it is in the export opened. */
  | "opened"
  /** Hashes and keys: they say nothing of the person, and would help an attacker. */
  | "secret"
  /** How our own parts find and count rows. */
  | "technical"
  /** Says who somebody else is; names of whom the patient deals with are told beside it. */
  | "others"
  /** Not told to patients; the export says that there is something, and why. */
  | "withheld";

type Erased =
  /** Emptied in every erasure. */
  | "blank"
  /** The row goes in every erasure. */
  | "row"
  /** Emptied once the law keeps no records any more. */
  | "identity"
  /** Unreadable once the patient's key is destroyed, which is when the law keeps no records any more. */
  | "key"
  /** Random ids, instants, codes: they name nobody once the rest is gone. */
  | "kept";

export type Treatment = readonly [Exported, Erased];

const of = <T extends PgTable>(table: T, columns: Readonly<Record<keyof T["$inferSelect"], Treatment>>) => ({
  table,
  columns,
});

const TOLD = ["shown", "kept"] as const;
const BLANKED = ["shown", "blank"] as const;
const GOES = ["shown", "row"] as const;
const SECRET_GOES = ["secret", "row"] as const;
const PLUMBING = ["technical", "kept"] as const;
const PLUMBING_GOES = ["technical", "row"] as const;
const SOMEBODY = ["others", "kept"] as const;
const SEALED = ["opened", "key"] as const;
const IDENTITY = ["shown", "identity"] as const;

export const INVENTORY = {
  patients: of(db.patients, {
    ...{ id: TOLD, userId: PLUMBING, givenName: IDENTITY, familyName: IDENTITY, dateOfBirth: IDENTITY, sex: IDENTITY },
    // Of what is sealed together, the record number stays until the identity goes.
    ...{ contactSealed: ["opened", "blank"], contactTokens: ["secret", "blank"], externalToken: ["secret", "blank"] },
    ...{ recordToken: ["secret", "identity"], keyId: PLUMBING, indexKeyId: PLUMBING },
    ...{ hasEmail: ["technical", "blank"], hasPhone: ["technical", "blank"] },
    ...{ plainRecordNumber: ["opened", "identity"], plainEmail: ["opened", "blank"], plainPhone: ["opened", "blank"] },
    ...{ plainAddress: ["opened", "blank"], plainExternalId: ["opened", "blank"] },
    ...{ timeZone: BLANKED, locale: TOLD, erasedAt: TOLD },
    ...{ version: PLUMBING, createdAt: TOLD, updatedAt: TOLD },
  }),
  users: of(db.users, {
    ...{ id: TOLD, email: BLANKED, passwordHash: ["secret", "blank"], role: TOLD, displayName: BLANKED },
    ...{ emailVerifiedAt: BLANKED, disabledAt: TOLD, locale: TOLD, timeZone: BLANKED, shortcutsEnabled: TOLD },
    ...{ version: PLUMBING, createdAt: TOLD, updatedAt: TOLD },
  }),
  sessions: of(db.sessions, {
    ...{ id: PLUMBING_GOES, userId: PLUMBING_GOES, kind: GOES, userAgent: GOES, ipAddress: GOES, name: GOES },
    ...{ deviceHash: SECRET_GOES, createdAt: GOES, lastSeenAt: GOES, idleSeconds: GOES, authenticatedAt: GOES },
    ...{ expiresAt: GOES, revokedAt: GOES, revokedReason: GOES },
  }),
  refresh_tokens: of(db.refreshTokens, {
    ...{ id: PLUMBING_GOES, sessionId: PLUMBING_GOES, tokenHash: SECRET_GOES, createdAt: PLUMBING_GOES },
    ...{ expiresAt: PLUMBING_GOES, usedAt: PLUMBING_GOES },
  }),
  account_tokens: of(db.accountTokens, {
    ...{ id: PLUMBING_GOES, userId: PLUMBING_GOES, purpose: PLUMBING_GOES, tokenHash: SECRET_GOES },
    ...{ createdAt: PLUMBING_GOES, expiresAt: PLUMBING_GOES, usedAt: PLUMBING_GOES },
  }),
  totp_secrets: of(db.totpSecrets, {
    ...{ userId: PLUMBING_GOES, secret: SECRET_GOES, confirmedAt: GOES, lastStep: PLUMBING_GOES, createdAt: GOES },
  }),
  recovery_codes: of(db.recoveryCodes, {
    ...{ id: PLUMBING_GOES, userId: PLUMBING_GOES, codeHash: SECRET_GOES, createdAt: GOES, usedAt: GOES },
  }),
  passkeys: of(db.passkeys, {
    ...{ id: PLUMBING_GOES, userId: PLUMBING_GOES, credentialId: SECRET_GOES, publicKey: SECRET_GOES },
    ...{ signCount: PLUMBING_GOES, transports: GOES, isBackedUp: GOES, name: GOES, createdAt: GOES, lastUsedAt: GOES },
  }),
  passkey_challenges: of(db.passkeyChallenges, {
    ...{ id: PLUMBING_GOES, purpose: PLUMBING_GOES, userId: PLUMBING_GOES, challenge: SECRET_GOES },
    ...{ expiresAt: PLUMBING_GOES },
  }),
  notification_preferences: of(db.notificationPreferences, {
    ...{ userId: PLUMBING_GOES, channel: GOES, enabled: GOES, leadMinutes: GOES, quietFrom: GOES, quietUntil: GOES },
    ...{ updatedAt: GOES },
  }),
  patient_proxies: of(db.patientProxies, {
    ...{ id: TOLD, patientId: TOLD, userId: SOMEBODY, relationship: TOLD, capabilities: TOLD, validUntil: TOLD },
    ...{ revokedAt: TOLD, createdAt: TOLD },
  }),
  appointments: of(db.appointments, {
    ...{ id: TOLD, reference: TOLD, status: TOLD, serviceId: TOLD, doctorId: TOLD, locationId: TOLD, roomId: TOLD },
    ...{ patientId: TOLD, during: PLUMBING, busy: PLUMBING, startsAt: TOLD, endsAt: TOLD, reason: BLANKED },
    ...{ overrideReason: ["withheld", "blank"], cancelReason: BLANKED, videoUrl: BLANKED, confirmedAt: TOLD },
    ...{ cancelledAt: TOLD, holdExpiresAt: TOLD, holdExtended: PLUMBING, rescheduleCount: TOLD, seriesId: TOLD },
    ...{ createdByUserId: SOMEBODY, requestedAt: TOLD, externalId: BLANKED, version: TOLD, createdAt: TOLD },
    ...{ updatedAt: TOLD },
  }),
  appointment_events: of(db.appointmentEvents, {
    ...{ id: PLUMBING, appointmentId: PLUMBING, type: TOLD, version: TOLD, actorKind: TOLD, actorUserId: SOMEBODY },
    ...{ data: TOLD, at: TOLD },
  }),
  notifications: of(db.notifications, {
    ...{ id: GOES, kind: GOES, step: GOES, channel: GOES, appointmentId: GOES, appointmentVersion: PLUMBING_GOES },
    ...{
      patientId: PLUMBING_GOES,
      userId: ["others", "row"],
      eventId: PLUMBING_GOES,
      status: GOES,
      dueAt: GOES,
      deliveredAt: GOES,
    },
    ...{ claimedAt: PLUMBING_GOES, sentAt: GOES, attempts: PLUMBING_GOES, errorClass: PLUMBING_GOES },
    ...{ providerMessageId: GOES, createdAt: GOES, updatedAt: PLUMBING_GOES },
  }),
  channel_stops: of(db.channelStops, {
    ...{ patientId: PLUMBING_GOES, channel: GOES, reason: GOES, createdAt: GOES },
  }),
  message_links: of(db.messageLinks, {
    ...{ id: PLUMBING_GOES, tokenHash: SECRET_GOES, notificationId: PLUMBING_GOES, appointmentId: PLUMBING_GOES },
    ...{ act: PLUMBING_GOES, expiresAt: PLUMBING_GOES, usedAt: PLUMBING_GOES, revokedAt: PLUMBING_GOES },
    ...{ createdAt: PLUMBING_GOES },
  }),
  inbound_messages: of(db.inboundMessages, {
    ...{ id: PLUMBING_GOES, channel: GOES, providerMessageId: PLUMBING_GOES, patientId: PLUMBING_GOES },
    ...{ appointmentId: GOES, meaning: GOES, sender: GOES, body: GOES, contentSealed: ["opened", "row"] },
    ...{
      keyId: PLUMBING_GOES,
      kekId: PLUMBING_GOES,
      receivedAt: GOES,
      isDone: GOES,
      handledAt: GOES,
      handledByUserId: ["others", "row"],
    },
  }),
  waitlist_entries: of(db.waitlistEntries, {
    ...{ id: GOES, patientId: PLUMBING_GOES, serviceId: GOES, doctorIds: GOES, locationId: GOES, fromDate: GOES },
    ...{ toDate: GOES, weekdays: GOES, partsOfDay: GOES, earlierThanId: GOES, status: GOES, endedAt: GOES },
    ...{ leaveReason: GOES },
    ...{ createdByUserId: ["others", "row"], version: PLUMBING_GOES, createdAt: GOES, updatedAt: PLUMBING_GOES },
  }),
  waitlist_offers: of(db.waitlistOffers, {
    ...{ id: PLUMBING_GOES, entryId: GOES, patientId: PLUMBING_GOES, appointmentId: GOES, doctorId: GOES },
    ...{ locationId: GOES, startsAt: GOES, endsAt: GOES, status: GOES, expiresAt: GOES, answeredAt: GOES },
    ...{ createdAt: GOES },
  }),
  next_visits: of(db.nextVisits, {
    ...{ id: PLUMBING_GOES, appointmentId: GOES, patientId: PLUMBING_GOES, serviceId: GOES, weeks: GOES },
    ...{ wishedOn: GOES, settledAt: GOES, outcome: GOES, setByUserId: ["others", "row"], createdAt: GOES },
    ...{ updatedAt: PLUMBING_GOES },
  }),
  recall_patients: of(db.recallPatients, {
    ...{ recallId: GOES, patientId: PLUMBING_GOES, lastVisitId: GOES, lastVisitAt: GOES, askFrom: GOES },
    ...{ askedAt: GOES, askedCount: GOES, createdAt: GOES },
  }),
  idempotency_keys: of(db.idempotencyKeys, {
    ...{ userId: PLUMBING_GOES, key: PLUMBING_GOES, requestHash: SECRET_GOES, status: PLUMBING_GOES },
    // A copy, for a day, of an answer that is made of what is here already.
    ...{ body: PLUMBING_GOES, createdAt: PLUMBING_GOES },
  }),
  medical_records: of(db.medicalRecords, {
    ...{ id: TOLD, patientId: TOLD, doctorId: TOLD, appointmentId: TOLD, kind: TOLD, status: TOLD, release: TOLD },
    ...{ releasedAt: TOLD, withheldReasonSealed: ["withheld", "key"], errorReasonSealed: ["withheld", "key"] },
    ...{ isWarning: TOLD, resolvedAt: TOLD, occurredAt: TOLD, signedAt: TOLD, currentVersion: TOLD, keyId: PLUMBING },
    ...{ version: PLUMBING, createdAt: TOLD, updatedAt: TOLD },
  }),
  record_versions: of(db.recordVersions, {
    ...{ id: PLUMBING, recordId: PLUMBING, patientId: PLUMBING, number: TOLD, doctorId: TOLD, contentSealed: SEALED },
    ...{ keyId: PLUMBING, signedAt: TOLD, createdAt: TOLD },
  }),
  record_attachments: of(db.recordAttachments, {
    ...{ id: TOLD, recordId: PLUMBING, patientId: PLUMBING, contentType: TOLD, sizeBytes: TOLD, storageName: PLUMBING },
    ...{ sha256: PLUMBING, metaSealed: SEALED, keyId: PLUMBING, createdAt: TOLD },
  }),
  record_grants: of(db.recordGrants, {
    ...{ id: TOLD, patientId: PLUMBING, doctorId: TOLD, grantedByUserId: SOMEBODY, reasonSealed: SEALED },
    ...{ keyId: PLUMBING, validUntil: TOLD, revokedAt: TOLD, createdAt: TOLD },
  }),
  break_glass: of(db.breakGlass, {
    ...{ id: TOLD, patientId: PLUMBING, doctorId: TOLD, reasonSealed: SEALED, keyId: PLUMBING, openedAt: TOLD },
    ...{ expiresAt: TOLD, closedAt: TOLD },
  }),
  access_log: of(db.accessLog, {
    ...{ id: PLUMBING, at: TOLD, patientId: PLUMBING, userId: SOMEBODY, role: TOLD, job: TOLD, recordId: TOLD },
    ...{ what: TOLD, access: TOLD, requestId: PLUMBING },
  }),
  audit_log: of(db.auditLog, {
    ...{ id: PLUMBING, at: TOLD, actorKind: TOLD, userId: SOMEBODY, role: TOLD, job: TOLD, requestId: PLUMBING },
    // Which columns changed is told; their values are above, or protected and not in the log at all.
    ...{ patientId: PLUMBING, tableName: TOLD, rowId: PLUMBING, operation: TOLD, changes: ["opened", "kept"] },
  }),
  consents: of(db.consents, {
    ...{ id: PLUMBING, patientId: PLUMBING, kind: TOLD, decision: TOLD, textVersion: TOLD, at: TOLD },
    ...{ byUserId: SOMEBODY, place: TOLD },
  }),
  legal_holds: of(db.legalHolds, {
    ...{ id: PLUMBING, patientId: PLUMBING, reason: ["withheld", "blank"], until: PLUMBING, setByUserId: SOMEBODY },
    ...{ endedAt: PLUMBING, endedByUserId: SOMEBODY, createdAt: PLUMBING },
  }),
  erasures: of(db.erasures, {
    ...{ id: TOLD, patientId: PLUMBING, status: TOLD, requestedAt: TOLD, requestedByUserId: SOMEBODY, decidedAt: TOLD },
    ...{ decidedByUserId: SOMEBODY, refusal: TOLD, outcome: TOLD, keptUntil: TOLD, counts: TOLD, filesLeft: PLUMBING },
    ...{ certificateHash: TOLD },
  }),
  data_keys: of(db.dataKeys, {
    ...{ id: PLUMBING, purpose: PLUMBING, patientId: PLUMBING, version: PLUMBING, kekId: PLUMBING },
    ...{ wrapped: ["secret", "key"], destroyedAt: PLUMBING, createdAt: PLUMBING },
  }),
};
export type Inventoried = keyof typeof INVENTORY;

/** Tables without a patient's data; what staff do there names staff. */
export const NOT_OF_PATIENTS: Readonly<Record<string, string>> = {
  outbox: "ids of events on their way, for seven days",
  settings: "the clinic's own",
  services: "the clinic's own",
  locations: "the clinic's own",
  rooms: "the clinic's own",
  room_services: "the clinic's own",
  doctors: "staff",
  doctor_services: "staff",
  doctor_locations: "staff",
  schedule_rules: "staff",
  schedule_exceptions: "staff",
  doctor_busy_days: "bits of time, made from visits",
  appointment_transitions: "the status machine",
  record_templates: "beginnings of notes",
  message_templates: "the clinic's own words",
  recalls: "the clinic's own",
  key_rotations: "counts",
  audit_seals: "hashes",
  retention_runs: "counts",
};

/** The columns of a table that an export shows as they are. */
export const shownColumns = (name: Inventoried): string[] =>
  Object.entries(INVENTORY[name].columns).flatMap(([column, [exported]]) => (exported === "shown" ? column : []));
