import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { updatePatient } from "@/lib/patients/update-patient";
import { setConsent } from "@/lib/privacy/set-consent";
import { amendRecord } from "@/lib/records/amend-record";
import { addAttachment } from "@/lib/records/attachments";
import { openGlass } from "@/lib/records/break-glass";
import { createDraft, createRecord } from "@/lib/records/create-record";
import { grantAccess } from "@/lib/records/grants";
import { markInError } from "@/lib/records/mark-in-error";
import { releaseRecord } from "@/lib/records/release-record";
import { signRecord } from "@/lib/records/sign-record";
import { withholdRecord } from "@/lib/records/withhold-record";
import { PDF } from "./files";
import { identify } from "./identifiers";
import { valueFrom, type ward } from "./records";

/** In every text about the person, so that a dump that does not hold it holds nothing of them. */
export const CANARY = "zyxwv";

/** Something of Ana in every table that keeps anything about patients, and in every column that can hold it. */
export async function wholeLife(w: Awaited<ReturnType<typeof ward>>, owner: postgres.Sql, word = CANARY) {
  const { ana, doctor } = w;
  if (ana.actor.kind !== "user") throw new Error("Ana has no account");
  const [patientId, userId] = [w.ids.ana, ana.actor.userId];
  await addAccount(owner, userId, word);
  await owner`update patients set given_name = ${`Ana ${word}`}, family_name = ${word}, date_of_birth = '1907-03-09', sex = 'female',
    time_zone = 'Europe/Vienna' where id = ${patientId}`;
  await identify(owner, patientId, { externalId: `ext-${word}`, recordNumber: `P-${word}` });
  await valueFrom(
    updatePatient(w.reception, {
      id: patientId,
      email: `${word}@home.test`,
      phone: "+43 1 5550177",
      address: `1 ${word} Street`,
    }),
  );
  for (const given of [true, false]) await valueFrom(setConsent(ana, { patientId, kind: "recalls", given }));
  const future = await w.addVisit(patientId, w.ids.treating, 9);
  const fields = {
    reason: word,
    override_reason: word,
    cancel_reason: word,
    video_url: `https://v.test/${word}`,
  };
  await owner`update appointments set ${owner(fields)}, confirmed_at = now(), series_id = ${uuidv7()}, room_id = null,
    external_id = id || ${word}, created_by_user_id = ${userId} where patient_id = ${patientId}`;
  await owner`insert into appointment_events (id, appointment_id, type, version, actor_kind, actor_user_id, data, at)
    values (${uuidv7()}, ${future}, 'appointment.booked', 1, 'user', ${userId}, '{"by": "patient"}', now())`;
  await addMessages(owner, { patientId, userId, visitId: future, word });
  await addWish(owner, { userId, visitId: future });
  await addFollowUps(owner, { userId, visitId: future });
  await owner`insert into idempotency_keys (user_id, key, request_hash, status, body)
    values (${(w.reception.actor as { userId: string }).userId}, 'k', 'h', 201, ${owner.json({ patient: { id: patientId, name: word } })})`;
  const files = await addRecords(w, word);
  await valueFrom(
    grantAccess(ana, { patientId, doctorId: w.ids.stranger, reason: word, validUntil: "2999-01-01T00:00:00Z" }),
  );
  await owner`update record_grants set revoked_at = now() where patient_id = ${patientId}`;
  await valueFrom(openGlass(w.stranger, { patientId, reason: word }));
  await owner`update break_glass set closed_at = now() where patient_id = ${patientId}`;
  await owner`insert into legal_holds (id, patient_id, reason, ended_at) values (${uuidv7()}, ${patientId}, ${word}, now())`;
  return { patientId, userId, future, doctor, files };
}

async function addAccount(owner: postgres.Sql, userId: string, word: string) {
  const later = new Date("2040-01-01");
  const session = uuidv7();
  await owner`update users set email = ${`${word}@account.test`}, display_name = ${`Ana ${word}`}, password_hash = 'x', email_verified_at = now(),
    time_zone = 'Europe/Vienna' where id = ${userId}`;
  await owner`insert into sessions (id, user_id, kind, user_agent, ip_address, name, device_hash, idle_seconds, expires_at, revoked_at, revoked_reason)
    values (${session}, ${userId}, 'api', ${`Firefox ${word}`}, '203.0.113.77', ${word}, 'x', 60, ${later}, now(), 'revoked')`;
  await owner`insert into refresh_tokens (id, session_id, token_hash, expires_at) values (${uuidv7()}, ${session}, ${userId}, ${later})`;
  await owner`insert into account_tokens (id, user_id, purpose, token_hash, expires_at) values (${uuidv7()}, ${userId}, 'password_reset', ${userId}, ${later})`;
  await owner`insert into totp_secrets (user_id, secret, confirmed_at) values (${userId}, 'x', now())`;
  await owner`insert into recovery_codes (id, user_id, code_hash, used_at) values (${uuidv7()}, ${userId}, 'x', now())`;
  await owner`insert into passkeys (id, user_id, credential_id, public_key, is_backed_up, name, transports, last_used_at)
    values (${uuidv7()}, ${userId}, ${userId}, 'k', true, ${`Phone of ${word}`}, '{usb}', now())`;
  await owner`insert into passkey_challenges (id, purpose, user_id, challenge, expires_at) values (${uuidv7()}, 'confirm', ${userId}, 'c', ${later})`;
  await owner`insert into notification_preferences (user_id, channel, lead_minutes, quiet_from, quiet_until)
    values (${userId}, 'sms', '{77}', '22:00', '07:00')`;
  await owner`insert into idempotency_keys (user_id, key, request_hash, status, body) values (${userId}, 'k', 'h', 201, ${owner.json({ n: word })})`;
}

type Told = { patientId: string; userId: string; visitId: string; word: string };

async function addMessages(owner: postgres.Sql, { patientId, userId, visitId, word }: Told) {
  const id = uuidv7();
  await owner`insert into notifications (id, kind, channel, appointment_id, patient_id, user_id, status, due_at, sent_at, delivered_at, provider_message_id)
    values (${id}, 'appointment.booked', 'sms', ${visitId}, ${patientId}, ${userId}, 'sent', now(), now(), now(), ${`m-${word}`})`;
  await owner`insert into message_links (id, token_hash, notification_id, appointment_id, act, expires_at)
    values (${uuidv7()}, ${id}, ${id}, ${visitId}, 'confirm', now())`;
  await owner`insert into channel_stops (patient_id, channel, reason) values (${patientId}, 'sms', 'stop')`;
  await owner`insert into inbound_messages (id, provider_message_id, patient_id, appointment_id, meaning, sender, body, received_at, handled_at)
    values (${uuidv7()}, ${id}, ${patientId}, ${visitId}, 'text', '+4315550177', ${`yes ${word}`}, now(), now())`;
}

/** A wish for an earlier time than that of the visit, which an offer fulfilled. */
async function addWish(owner: postgres.Sql, { userId, visitId }: Pick<Told, "userId" | "visitId">) {
  const id = uuidv7();
  await owner`insert into waitlist_entries (id, patient_id, service_id, doctor_ids, location_id, from_date, to_date, weekdays, parts_of_day, earlier_than_id,
      status, ended_at, created_by_user_id)
    select ${id}, patient_id, service_id, array[doctor_id], location_id, '2031-01-01', '2031-02-01', '{1}', '{morning}', id, 'fulfilled', now(), ${userId}
    from appointments where id = ${visitId}`;
  await owner`insert into waitlist_offers (id, entry_id, patient_id, appointment_id, doctor_id, location_id, starts_at, ends_at, status, expires_at, answered_at)
    select ${uuidv7()}, ${id}, patient_id, id, doctor_id, location_id, starts_at, ends_at, 'accepted', now(), now() from appointments where id = ${visitId}`;
}

/** That they should come again after the visit, and a recall that found them and asked. */
async function addFollowUps(owner: postgres.Sql, { userId, visitId }: Pick<Told, "userId" | "visitId">) {
  const id = uuidv7();
  await owner`insert into next_visits (id, appointment_id, patient_id, service_id, weeks, wished_on, settled_at, outcome, set_by_user_id)
    select ${uuidv7()}, id, patient_id, service_id, 12, '2031-04-01', now(), 'asked', ${userId} from appointments where id = ${visitId}`;
  await owner`insert into recalls (id, name, service_id) select ${id}, 'Check-up', service_id from appointments where id = ${visitId}`;
  await owner`insert into recall_patients (recall_id, patient_id, last_visit_id, last_visit_at, ask_from, asked_at, asked_count)
    select ${id}, patient_id, id, starts_at, now(), now(), 1 from appointments where id = ${visitId}`;
}

/** A released record amended once, one of each kind that is withheld, and a draft with a file; gives the files' ids. */
async function addRecords({ doctor, ids }: Awaited<ReturnType<typeof ward>>, word: string): Promise<string[]> {
  const patientId = ids.ana;
  const write = (title: string) =>
    valueFrom(createRecord(doctor, { patientId, kind: "diagnosis", title, body: `${title} ${word}` }));
  const file = { fileName: `${word}.pdf`, bytes: PDF };
  const draft = await valueFrom(
    createDraft(doctor, {
      patientId,
      kind: "visit_note",
      title: "Told",
      body: `first ${word}`,
      appointmentId: ids.visit,
    }),
  );
  const told = await valueFrom(addAttachment(doctor, { recordId: draft.id, ...file }));
  await valueFrom(signRecord(doctor, { id: draft.id }));
  await valueFrom(amendRecord(doctor, { id: draft.id, body: `second ${word}`, reason: `mended ${word}` }));
  await valueFrom(releaseRecord(doctor, { id: draft.id }));
  await valueFrom(withholdRecord(doctor, { id: (await write("Hidden")).id, reason: `withheld for ${word}` }));
  await valueFrom(markInError(doctor, { id: (await write("Wrong")).id, reason: `wrong ${word}` }));
  await write("Unreleased");
  const open = await valueFrom(
    createDraft(doctor, { patientId, kind: "visit_note", title: "Unsigned", body: `draft ${word}` }),
  );
  const drafted = await valueFrom(addAttachment(doctor, { recordId: open.id, ...file }));
  return [told.id, drafted.id];
}
