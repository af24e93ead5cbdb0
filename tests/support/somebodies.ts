import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { type Db, setActor } from "@/db/client";
import type { Actor, Role } from "@/lib/domain/actor";
import { clinicMaker } from "./clinic";

/** Accounts that act for the child Cy, and how far. */
export const PROXIES = {
  viewer: ["view"],
  booker: ["view", "book"],
  canceller: ["view", "cancel"],
  reader: ["view", "records"],
};

const userActor = (userId: string, role: Role): Actor => ({
  ...{ kind: "user", userId, role, sessionId: uuidv7(), patientId: null, doctorId: null },
});

/**
 * Patients Ana and Bo, the child Cy, those who act for Cy (one of them no longer, one not any more), two doctors, reception and admin, with
 * rows of every kind. Ana and Cy have visits with the doctor, Bo with the other.
 */
export async function somebodies(db: Db, owner: postgres.Sql) {
  const make = clinicMaker(owner);
  const people: Record<string, string> = {};
  const actors: Record<string, Actor> = { anonymous: { kind: "anonymous" }, system: { kind: "system", job: "test" } };

  const locationId = await make.location();
  const serviceId = await make.service();
  const where = { locationId, serviceIds: [serviceId] };
  const [doctor, other] = [await make.doctor(where), await make.doctor(where)];
  const clinic = { locationId, serviceId, doctorId: doctor.id };
  const [ana, bo, cy] = [await make.patient(), await make.patient(), await make.child()];
  const patients: Record<string, string> = { ana: ana.id, bo: bo.id, cy };
  const accounts: Record<string, string> = {
    ana: ana.userId,
    bo: bo.userId,
    doctor: doctor.userId,
    "other doctor": other.userId,
  };
  Object.assign(actors, { ana: ana.actor, doctor: doctor.actor, "other doctor": other.actor });
  for (const [name, capabilities] of Object.entries({ ...PROXIES, former: ["view"], expired: ["view"] })) {
    const userId = uuidv7();
    await owner`insert into users (id, email, role, display_name) values (${userId}, ${`${name}@x.test`}, 'patient', ${name})`;
    await make.grant(cy, userId, capabilities, name === "expired" ? new Date("2020-01-01") : null);
    accounts[name] = userId;
    actors[name] = userActor(userId, "patient");
  }
  await owner`update patient_proxies set revoked_at = now() where user_id = ${accounts.former as string}`;
  for (const role of ["receptionist", "admin"] as const) {
    const staff = await make.staff(role);
    accounts[role] = staff.userId;
    actors[role] = staff;
  }
  for (const ids of [accounts, patients]) for (const [name, id] of Object.entries(ids)) people[id] = name;

  // What was left behind so far is nobody's; what the visits leave is the patients'.
  await owner`delete from audit_log`;
  const visits: Record<string, string> = {
    ana: await addVisit(owner, { ...clinic, patientId: ana.id, hour: 1 }),
    cy: await addVisit(owner, { ...clinic, patientId: cy, hour: 2 }),
    bo: await addVisit(owner, { ...clinic, doctorId: other.id, patientId: bo.id, hour: 3 }),
  };
  for (const [name, userId] of Object.entries(accounts)) await addTraces(owner, name, userId);
  // The visits lie years ahead; these are the doctors' patients all the same.
  await owner`insert into settings (key, value) values ('clinic.recordAccessDays', '3650')`;
  for (const [name, patientId] of Object.entries(patients))
    await addRecord(owner, { patientId, doctorId: name === "bo" ? other.id : doctor.id, other: other.id });
  for (const patientId of Object.values(patients)) await addPrivacy(owner, patientId);
  await owner`insert into retention_runs (id, what, removed, at) values (${uuidv7()}, 'sessions', 1, now())`;
  await owner`insert into key_rotations (id, started_at) values (${uuidv7()}, now())`;
  await owner`insert into audit_seals (chain, number, kind, format, last_id, row_count, at, digest, leaves, hash)
    values ('access_log', 1, 'rows', 1, 0, 0, now(), '', '', '')`;
  for (const patientId of Object.values(patients)) {
    await owner`insert into notifications (id, kind, channel, patient_id, due_at) values (${uuidv7()}, 'x', 'sms', ${patientId}, now())`;
    await owner`insert into channel_stops (patient_id, channel, reason) values (${patientId}, 'sms', 'stop')`;
    await owner`insert into inbound_messages (id, provider_message_id, patient_id, meaning, received_at)
      values (${uuidv7()}, ${patientId}, ${patientId}, 'text', now())`;
  }
  for (const patientId of Object.values(patients)) await addWish(owner, { ...clinic, patientId });
  await owner`insert into message_links (id, token_hash, notification_id, appointment_id, act, expires_at)
    select ${uuidv7()}, 'x', (select id from notifications limit 1), ${visits.ana ?? null}, 'confirm', now()`;
  for (const visitId of Object.values(visits)) await addFollowUp(owner, { ...clinic, visitId });
  await owner`delete from audit_log where patient_id is null`;

  return { people, actors, accounts, patients, visits, clinic, ...asking(db, actors) };
}

/** A row of every kind that belongs to an account. */
async function addTraces(owner: postgres.Sql, name: string, userId: string) {
  const [later, session] = [new Date("2040-01-01"), uuidv7()];
  await owner`insert into sessions (id, user_id, kind, expires_at) values (${session}, ${userId}, 'api', ${later})`;
  await owner`insert into refresh_tokens (id, session_id, token_hash, expires_at) values (${uuidv7()}, ${session}, ${name}, ${later})`;
  await owner`insert into account_tokens (id, user_id, purpose, token_hash, expires_at) values (${uuidv7()}, ${userId}, 'invitation', ${name}, ${later})`;
  await owner`insert into totp_secrets (user_id, secret) values (${userId}, ${name})`;
  await owner`insert into recovery_codes (id, user_id, code_hash) values (${uuidv7()}, ${userId}, ${name})`;
  await owner`insert into passkeys (id, user_id, credential_id, public_key, is_backed_up, name)
    values (${uuidv7()}, ${userId}, ${name}, 'k', false, ${name})`;
  await owner`insert into passkey_challenges (id, purpose, user_id, challenge, expires_at)
    values (${uuidv7()}, 'register', ${userId}, 'c', ${later})`;
  await owner`insert into notification_preferences (user_id, channel) values (${userId}, 'sms')`;
  await owner`insert into idempotency_keys (user_id, key, request_hash, status) values (${userId}, 'k', 'h', 200)`;
}

async function addWish(owner: postgres.Sql, { serviceId, doctorId, locationId, patientId }: Omit<Visit, "hour">) {
  const id = uuidv7();
  await owner`insert into waitlist_entries (id, patient_id, service_id, from_date, to_date)
    values (${id}, ${patientId}, ${serviceId}, '2031-01-01', '2031-02-01')`;
  await owner`insert into waitlist_offers (id, entry_id, patient_id, doctor_id, location_id, starts_at, ends_at, expires_at)
    values (${uuidv7()}, ${id}, ${patientId}, ${doctorId}, ${locationId}, '2031-01-02T09:00Z', '2031-01-02T09:30Z', '2031-01-01')`;
}

/** That somebody should come again, and that they are on a recall list. */
async function addFollowUp(owner: postgres.Sql, { visitId, serviceId }: { visitId: string; serviceId: string }) {
  await owner`insert into next_visits (id, appointment_id, patient_id, service_id, weeks, wished_on)
    select ${uuidv7()}, id, patient_id, service_id, 12, '2031-04-01' from appointments where id = ${visitId}`;
  const [known] = await owner`select id from recalls limit 1`;
  const recallId = known?.id ?? uuidv7();
  if (!known) await owner`insert into recalls (id, name, service_id) values (${recallId}, 'x', ${serviceId})`;
  await owner`insert into recall_patients (recall_id, patient_id, last_visit_id, last_visit_at)
    select ${recallId}, patient_id, id, starts_at from appointments where id = ${visitId}`;
}

type Visit = { locationId: string; serviceId: string; doctorId: string; patientId: string; hour: number };

async function addVisit(owner: postgres.Sql, { locationId, serviceId, doctorId, patientId, hour }: Visit) {
  const id = uuidv7();
  const span = `[2031-01-01T0${hour}:00Z,2031-01-01T0${hour}:30Z)`;
  await owner`insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy)
    values (${id}, ${id}, 'booked', ${serviceId}, ${doctorId}, ${locationId}, ${patientId}, ${span}, ${span})`;
  await owner`insert into appointment_events (id, appointment_id, type, version, actor_kind, at)
    values (${uuidv7()}, ${id}, 'appointment.booked', 1, 'system', now())`;
  return id;
}

/** A released record with all that belongs to one, and ways to it that have ended. */
async function addRecord(owner: postgres.Sql, of: { patientId: string; doctorId: string; other: string }) {
  const { patientId, doctorId, other } = of;
  const [key, record] = [uuidv7(), uuidv7()];
  await owner`insert into data_keys (id, purpose, patient_id, version, kek_id, wrapped) values (${key}, 'patient', ${patientId}, 1, 'k', 'x')`;
  await owner`insert into medical_records (id, patient_id, doctor_id, kind, status, release, released_at, occurred_at, signed_at, key_id)
    values (${record}, ${patientId}, ${doctorId}, 'visit_note', 'signed', 'released', now(), now(), now(), ${key})`;
  await owner`insert into record_versions (id, record_id, patient_id, number, doctor_id, content_sealed, key_id)
    values (${uuidv7()}, ${record}, ${patientId}, 1, ${doctorId}, 'x', ${key})`;
  await owner`insert into record_attachments (id, record_id, patient_id, content_type, size_bytes, storage_name, sha256, meta_sealed, key_id)
    values (${uuidv7()}, ${record}, ${patientId}, 'image/png', 1, ${record}, 'x', 'x', ${key})`;
  await owner`insert into record_grants (id, patient_id, doctor_id, reason_sealed, key_id, revoked_at)
    values (${uuidv7()}, ${patientId}, ${other}, 'x', ${key}, now())`;
  await owner`insert into break_glass (id, patient_id, doctor_id, reason_sealed, key_id, opened_at, expires_at, closed_at)
    values (${uuidv7()}, ${patientId}, ${other}, 'x', ${key}, now(), now() + interval '1 hour', now())`;
  await owner`insert into access_log (patient_id, what, access) values (${patientId}, 'record', 'treating')`;
}

/** What was agreed to, what is held, and a request to be erased. */
async function addPrivacy(owner: postgres.Sql, patientId: string) {
  await owner`insert into consents (id, patient_id, kind, decision, text_version, at, place)
    values (${uuidv7()}, ${patientId}, 'recalls', 'given', 1, now(), 'portal')`;
  await owner`insert into legal_holds (id, patient_id, reason) values (${uuidv7()}, ${patientId}, 'x')`;
  await owner`insert into erasures (id, patient_id, status, requested_at) values (${uuidv7()}, ${patientId}, 'requested', now())`;
}

class TakenBack extends Error {}

/** Statements as one of `actors`, or as nobody at all, each taken back after it. */
function asking(db: Db, actors: Record<string, Actor>) {
  const as = async <T>(who: string, statement: string): Promise<T[]> => {
    const rows: T[] = [];
    const work = db.pg.begin(async (pg) => {
      if (actors[who]) await setActor(pg, actors[who], "test");
      rows.push(...(await pg.unsafe<never[]>(statement)));
      throw new TakenBack();
    });
    await work.catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
    return rows;
  };
  /** The SQLSTATE of the refusal, or how many rows came back. */
  const refusal = (who: string, statement: string) =>
    as(who, statement).then(
      (rows) => `${rows.length} rows`,
      (error: { code?: string; message: string }) => error.code ?? error.message,
    );
  return { as, refusal };
}
