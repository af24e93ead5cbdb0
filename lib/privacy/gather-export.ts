import { type AnyColumn, asc, eq, getTableColumns, inArray, or, type SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import * as db from "@/db/schema";
import { readIdentifiers } from "@/lib/protection/identifiers";
import type { PatientExport, Row } from "./export-view";
import { gatherRecords, gatherReplies } from "./gather-records";
import { INVENTORY, type Inventoried } from "./inventory";
import { pick } from "./pick";

/** Rows of a table of the inventory, oldest first, whole. */
async function rowsOf(tx: Tx, name: Inventoried, where: SQL | undefined): Promise<Row[]> {
  const table = INVENTORY[name].table as PgTable;
  const columns = getTableColumns(table);
  const order = columns.createdAt ?? columns.at ?? columns.id ?? Object.values(columns)[0];
  return tx.db
    .select()
    .from(table)
    .where(where)
    .orderBy(asc(order as AnyColumn));
}

/**
 * All that is kept about a patient, for a transaction of one of our own jobs: who asks was judged before, and much of it (names of who acts for
 * them, their sign-ins) is closed to the asker's own role.
 */
export async function gatherExport(tx: Tx, patientId: string, now: Date): Promise<PatientExport> {
  const shown = async (name: Inventoried, where: SQL | undefined) =>
    (await rowsOf(tx, name, where)).map((row) => pick(name, row));
  const [patient] = await rowsOf(tx, "patients", eq(db.patients.id, patientId));
  if (!patient) throw new Error("the patient went while they were exported");
  const identifiers = (await readIdentifiers(tx, [patientId])).get(patientId);
  const userId = patient.userId as string | null;
  const result = {
    format: "slotwell-patient-export/1",
    madeAt: now.toISOString(),
    patient: { ...pick("patients", patient), ...identifiers },
    account: userId === null ? null : await gatherAccount(userId, shown),
    proxies: await withNames(tx, "patient_proxies", eq(db.patientProxies.patientId, patientId)),
    visits: await gatherVisits(tx, patientId),
    ...(await gatherRecords(tx, patientId)),
    messages: await shown("notifications", or(eq(db.notifications.patientId, patientId), ownMessages(userId))),
    messageStops: await shown("channel_stops", eq(db.channelStops.patientId, patientId)),
    replies: await gatherReplies(tx, patientId),
    waitingList: await shown("waitlist_entries", eq(db.waitlistEntries.patientId, patientId)),
    waitingListOffers: await shown("waitlist_offers", eq(db.waitlistOffers.patientId, patientId)),
    nextVisits: await shown("next_visits", eq(db.nextVisits.patientId, patientId)),
    recalls: await gatherRecalls(tx, patientId),
    consents: await shown("consents", eq(db.consents.patientId, patientId)),
    erasureRequests: await shown("erasures", eq(db.erasures.patientId, patientId)),
    accessLog: await withNames(tx, "access_log", eq(db.accessLog.patientId, patientId)),
    changes: (await rowsOf(tx, "audit_log", eq(db.auditLog.patientId, patientId))).map((row) => ({
      ...{ ...pick("audit_log", row), fields: Object.keys((row.changes as object | null) ?? {}) },
    })),
    withheld: await gatherWithheld(tx, patientId),
  };
  return result as PatientExport;
}

const ownMessages = (userId: string | null) => (userId === null ? undefined : eq(db.notifications.userId, userId));

async function gatherAccount(userId: string, shown: (name: Inventoried, where: SQL) => Promise<Row[]>) {
  const [account] = await shown("users", eq(db.users.id, userId));
  const [authenticator = null] = await shown("totp_secrets", eq(db.totpSecrets.userId, userId));
  return {
    ...account,
    sessions: await shown("sessions", eq(db.sessions.userId, userId)),
    authenticator,
    recoveryCodes: await shown("recovery_codes", eq(db.recoveryCodes.userId, userId)),
    passkeys: await shown("passkeys", eq(db.passkeys.userId, userId)),
    messagePreferences: await shown("notification_preferences", eq(db.notificationPreferences.userId, userId)),
    actsFor: await shown("patient_proxies", eq(db.patientProxies.userId, userId)),
  };
}

/** Rows that say who somebody was, with the name of that account. */
async function withNames(tx: Tx, name: Inventoried, where: SQL): Promise<Row[]> {
  const rows = await rowsOf(tx, name, where);
  const ids = [...new Set(rows.flatMap(({ userId }) => (userId as string | null) ?? []))];
  const found = await tx.db
    .select({ id: db.users.id, name: db.users.displayName })
    .from(db.users)
    .where(inArray(db.users.id, ids));
  const names = new Map(found.map((user) => [user.id, user.name]));
  return rows.map((row) => ({ ...pick(name, row), name: names.get(row.userId as string) ?? null }));
}

async function gatherVisits(tx: Tx, patientId: string): Promise<Row[]> {
  const visits = await tx.db
    .select({
      row: db.appointments,
      service: db.services.name,
      doctor: db.doctors.name,
      location: db.locations.name,
      timeZone: db.locations.timeZone,
    })
    .from(db.appointments)
    .innerJoin(db.services, eq(db.services.id, db.appointments.serviceId))
    .innerJoin(db.doctors, eq(db.doctors.id, db.appointments.doctorId))
    .innerJoin(db.locations, eq(db.locations.id, db.appointments.locationId))
    .where(eq(db.appointments.patientId, patientId))
    .orderBy(asc(db.appointments.startsAt));
  const ids = visits.map(({ row }) => row.id);
  const events = await rowsOf(tx, "appointment_events", inArray(db.appointmentEvents.appointmentId, ids));
  return visits.map(({ row, ...names }) => ({
    ...{ ...pick("appointments", row), ...names },
    history: events.filter((event) => event.appointmentId === row.id).map((event) => pick("appointment_events", event)),
  }));
}

async function gatherRecalls(tx: Tx, patientId: string): Promise<Row[]> {
  const rows = await tx.db
    .select({ row: db.recallPatients, name: db.recalls.name })
    .from(db.recallPatients)
    .innerJoin(db.recalls, eq(db.recalls.id, db.recallPatients.recallId))
    .where(eq(db.recallPatients.patientId, patientId))
    .orderBy(asc(db.recallPatients.createdAt));
  return rows.map(({ row, name }) => ({ ...pick("recall_patients", row), name }));
}

/** What the export leaves out, counted by why. */
async function gatherWithheld({ pg }: Tx, patientId: string): Promise<PatientExport["withheld"]> {
  return pg<PatientExport["withheld"]>`
    select reason, count(*)::int as count from (
      select case when status = 'draft' then 'draft' when status = 'entered_in_error' then 'entered_in_error'
        when release = 'withheld' then 'withheld_by_doctor' else 'not_released' end as reason
      from medical_records where patient_id = ${patientId} and not (release = 'released' and status in ('signed', 'amended'))
      union all select 'staff_note' from appointments where patient_id = ${patientId} and override_reason is not null
      union all select 'legal_hold' from legal_holds where patient_id = ${patientId} and ended_at is null
    ) w group by reason order by reason`;
}
