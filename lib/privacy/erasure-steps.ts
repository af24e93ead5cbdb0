import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { patients } from "@/db/schema";
import { destroyPatientKeys } from "@/lib/protection/destroy-keys";
import { NO_IDENTIFIERS, readIdentifiers, sealIdentifiers } from "@/lib/protection/identifiers";

export type Erased = {
  patientId: string;
  /** The account that is this patient; null where there is none, or where it is of somebody who works here. */
  userId: string | null;
  /** Nothing is kept for the law: names go, and the key. */
  isComplete: boolean;
  now: Date;
};
type Step = (tx: Tx, of: Erased) => Promise<number>;

/**
 * What an erasure does, in order, each step with the number of rows it changed. A step that runs again finds nothing, which is how an erasure
 * proves itself and how one that was broken off goes on. lib/privacy/inventory.ts says the same by column; a test holds the two together.
 */
export const ERASURE_STEPS = {
  futureVisits: cancelFutureVisits,
  holds: async ({ pg }, { patientId }) =>
    (await pg`delete from appointments where patient_id = ${patientId} and status = 'held'`).count,
  waitingList: eraseWishes,
  nextVisits: async ({ pg }, { patientId }) =>
    (await pg`delete from next_visits where patient_id = ${patientId}`).count,
  recalls: async ({ pg }, { patientId }) =>
    (await pg`delete from recall_patients where patient_id = ${patientId}`).count,
  visitTexts: async ({ pg }, { patientId }) =>
    (
      await pg`update appointments set reason = null, override_reason = null, cancel_reason = null, video_url = null, external_id = null
        where patient_id = ${patientId} and num_nonnulls(reason, override_reason, cancel_reason, video_url, external_id) > 0`
    ).count,
  // The links in them go with them.
  messages: async ({ pg }, { patientId, userId }) =>
    (await pg`delete from notifications where patient_id = ${patientId} or user_id = ${userId}`).count,
  messageStops: async ({ pg }, { patientId }) =>
    (await pg`delete from channel_stops where patient_id = ${patientId}`).count,
  replies: async ({ pg }, { patientId }) =>
    (await pg`delete from inbound_messages where patient_id = ${patientId}`).count,
  proxies: async ({ pg }, { patientId, userId, now }) =>
    (
      await pg`update patient_proxies set revoked_at = ${now}
        where revoked_at is null and (patient_id = ${patientId} or user_id = ${userId})`
    ).count,
  drafts: async ({ pg }, { patientId }) => {
    await pg`delete from record_attachments f using medical_records r
      where r.id = f.record_id and r.patient_id = ${patientId} and r.status = 'draft'`;
    return (await pg`delete from medical_records where patient_id = ${patientId} and status = 'draft'`).count;
  },
  recordGrants: async ({ pg }, { patientId, now }) =>
    (await pg`update record_grants set revoked_at = ${now} where patient_id = ${patientId} and revoked_at is null`)
      .count,
  legalHoldTexts: async ({ pg }, { patientId }) =>
    (await pg`update legal_holds set reason = '' where patient_id = ${patientId} and reason <> ''`).count,
  contact: eraseContact,
  account: eraseAccount,
  signIns: async ({ pg }, { patientId, userId }) => {
    const rows = await pg<{ removed: number }[]>`select removed from erase_account(${userId}, ${patientId})`;
    return rows.reduce((sum, { removed }) => sum + removed, 0);
  },
  identity: async ({ pg }, { patientId, isComplete, now }) =>
    isComplete
      ? (
          await pg`update patients set given_name = ${NOBODY.given}, family_name = ${NOBODY.family}, date_of_birth = null, sex = 'unknown',
              contact_sealed = null, record_token = null, index_key_id = null, key_id = null, updated_at = ${now}, version = version + 1
            where id = ${patientId} and (num_nonnulls(contact_sealed, date_of_birth) > 0
              or (given_name, family_name, sex) is distinct from (${NOBODY.given}, ${NOBODY.family}, 'unknown'))`
        ).count
      : 0,
  keys: async (tx, { patientId, isComplete }) => (isComplete ? destroyPatientKeys(tx, patientId) : 0),
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof ERASURE_STEPS;
export type Counts = Record<StepName, number>;
export const STEP_NAMES = Object.keys(ERASURE_STEPS) as StepName[];

/** What a list shows in place of a name. */
const NOBODY = { given: "Erased", family: "patient" };

/** Sealed files whose key this erasure takes away; to be asked for before the steps. */
export async function filesToRemove({ pg }: Tx, { patientId, isComplete }: Erased): Promise<string[]> {
  const rows = await pg<{ name: string }[]>`
    select f.storage_name as name from record_attachments f join medical_records r on r.id = f.record_id join data_keys k on k.id = f.key_id
    where f.patient_id = ${patientId} and (r.status = 'draft' or ${isComplete}) and k.wrapped is not null order by f.id`;
  return rows.map(({ name }) => name);
}

export async function runSteps(tx: Tx, of: Erased): Promise<Counts> {
  const counts: Partial<Counts> = {};
  for (const name of STEP_NAMES) counts[name] = await ERASURE_STEPS[name](tx, of);
  return counts as Counts;
}

/** What is offered to them is offered on, and the offers go with their wishes. */
async function eraseWishes({ pg }: Tx, { patientId, now }: Erased): Promise<number> {
  const open = await pg<{ id: string }[]>`
    select id from waitlist_offers where patient_id = ${patientId} and status = 'open' order by id`;
  for (const { id } of open) {
    await pg`select lock_round(${id})`;
    await pg`select answer_offer(${id}, 'withdrawn', ${now}, ${uuidv7()})`;
  }
  return (await pg`delete from waitlist_entries where patient_id = ${patientId}`).count;
}

/** Their times are free at once, and whoever listens for that is told. */
async function cancelFutureVisits({ pg }: Tx, { patientId, now }: Erased): Promise<number> {
  const { count } = await pg`
    with old as (
      select id, status from appointments where patient_id = ${patientId} and status in ('booked', 'arrived', 'checked_in') and starts_at > ${now}
      order by id for no key update
    ), gone as (
      update appointments a set status = 'cancelled', cancelled_at = ${now}, updated_at = ${now}, version = version + 1
      from old where old.id = a.id returning a.id, a.version, a.starts_at, old.status as was
    ), told as (
      insert into appointment_events (id, appointment_id, type, version, actor_kind, data, at)
      select gen_random_uuid(), id, 'appointment.cancelled', version, 'system',
        jsonb_build_object('start', starts_at, 'from', was, 'by', 'clinic'), ${now} from gone
    )
    insert into outbox (id, topic, payload)
    select gen_random_uuid(), 'appointment.cancelled', jsonb_build_object('appointmentId', id, 'version', version) from gone`;
  return count;
}

/** How they were reached, and where they came from; what the clinic calls them stays sealed until the identity goes. */
async function eraseContact(tx: Tx, { patientId, now }: Erased): Promise<number> {
  const identifiers = (await readIdentifiers(tx, [patientId])).get(patientId) ?? NO_IDENTIFIERS;
  const kept = { ...NO_IDENTIFIERS, recordNumber: identifiers.recordNumber };
  const [plain] = await tx.pg`
    select from patients where id = ${patientId} and num_nonnulls(record_number, email, phone, address, external_id) > 0`;
  const isLeft = plain !== undefined || JSON.stringify({ ...kept, ...identifiers }) !== JSON.stringify(kept);
  if (isLeft)
    await tx.db
      .update(patients)
      .set(await sealIdentifiers(tx, patientId, kept))
      .where(eq(patients.id, patientId));
  const { count } = await tx.pg`
    update patients set time_zone = null, erased_at = coalesce(erased_at, ${now}), updated_at = ${now}, version = version + 1
    where id = ${patientId} and (${isLeft} or erased_at is null or time_zone is not null)`;
  return count;
}

async function eraseAccount({ pg }: Tx, { userId, now }: Erased): Promise<number> {
  const { count } = await pg`
    update users set email = 'erased-' || id || '@erased.invalid', display_name = ${`${NOBODY.given} ${NOBODY.family}`}, password_hash = null,
      email_verified_at = null, disabled_at = coalesce(disabled_at, ${now}), time_zone = null, updated_at = ${now}, version = version + 1
    where id = ${userId} and email <> ('erased-' || id || '@erased.invalid')::citext`;
  return count;
}
