import { uuidv7 } from "uuidv7";
import type { Db } from "@/db/client";
import { addIndexKey, indexKeys } from "./index-keys";
import { type KeyRow, rewrappingKms, UNSET_KEK_ID } from "./keyring";
import { addPatientKey } from "./patient-keys";
import { resealPatient } from "./reseal";
import { pause, type Run, type RunOptions, runOf } from "./run";
import { sealPlainIdentifiers } from "./seal-plain";

type Options = RunOptions & {
  /** Only wraps the data keys with the newest key-encryption key; enough where no key is known to be out. */
  wrapOnly?: boolean;
};

const KEYS_AT_ONCE = 500;
const PATIENTS_AT_ONCE = 50;

/**
 * Wraps every data key with the newest key of ENCRYPTION_KEYS, gives the blind indexes and every patient a new key, and seals and indexes everything anew,
 * row by row, while the clinic works. True once all is done; false where it was stopped. Throws `UnknownKek` before anything is touched that it can't open.
 */
export async function rotateKeys(db: Db, { wrapOnly = false, ...options }: Options = {}): Promise<boolean> {
  const run = runOf(db, "rotate-keys", options);
  if (!(await rewrapKeys(run))) return false;
  if (!(await sealPlainIdentifiers(run))) return false;
  if (wrapOnly) return true;
  const rotation = await beginRotation(run);
  if (!(await renewIndexKey(run, rotation))) return false;
  if (!(await renewPatients(run, rotation))) return false;
  if (!(await dropOldKeys(run))) return false;
  if (!(await dropOldIndexKeys(run))) return false;
  await run.as(({ pg }) => pg`update key_rotations set finished_at = now() where id = ${rotation.id}`);
  return true;
}

/** What `npm run migrate` leaves to be done by whoever has the keys: nothing lies in plain after it, nor under no key where there is one. */
export async function sealWhatIsOpen(db: Db, options: RunOptions = {}): Promise<boolean> {
  const run = runOf(db, "seal-identifiers", options);
  return (await rewrapKeys(run, UNSET_KEK_ID)) && (await sealPlainIdentifiers(run));
}

type Rotation = { id: string; startedAt: Date; patientsDone: number; lastPatientId: string | null };

/** @param only the key-encryption key whose wrappings are replaced; every older one without it */
async function rewrapKeys({ as, progress, isStopped }: Run, only?: string): Promise<boolean> {
  const kms = rewrappingKms();
  for (let done = 0; ; ) {
    if (isStopped()) return false;
    const count = await as(async ({ pg }) => {
      const rows = await pg<
        (KeyRow & { wrapped: Buffer })[]
      >`select id as "keyId", kek_id as "kekId", wrapped from data_keys
        where kek_id <> ${kms.kekId} and kek_id = coalesce(${only ?? null}, kek_id) and wrapped is not null order by id limit ${KEYS_AT_ONCE} for update`;
      for (const { keyId, kekId, wrapped } of rows) {
        const fresh = await kms.wrap(await kms.unwrap({ kekId, wrapped }, keyId), keyId);
        await pg`update data_keys set kek_id = ${fresh.kekId}, wrapped = ${fresh.wrapped} where id = ${keyId}`;
      }
      return rows.length;
    });
    if (count === 0) return true;
    done += count;
    progress("data keys wrapped", done);
  }
}

/** The run that was cut short, else a new one: it replaces what is older than its beginning. */
const beginRotation = ({ as }: Run) =>
  as(async ({ pg }) => {
    const columns = pg`id, started_at as "startedAt", patients_done as "patientsDone", last_patient_id as "lastPatientId"`;
    const [open] = await pg<
      Rotation[]
    >`select ${columns} from key_rotations where finished_at is null order by started_at limit 1`;
    if (open) return open;
    const [begun] = await pg<
      Rotation[]
    >`insert into key_rotations (id, started_at) values (${uuidv7()}, clock_timestamp()) returning ${columns}`;
    if (!begun) throw new Error("insert returned no row");
    return begun;
  });

/** Whoever searches may know the older index keys only: patients get tokens of the new one once everybody has heard of it. */
async function renewIndexKey(run: Run, rotation: Rotation): Promise<boolean> {
  const [newest] = await run.as(async (tx) => {
    await indexKeys(tx);
    return tx.pg<{ version: number; createdAt: Date }[]>`
      select version, created_at as "createdAt" from data_keys where purpose = 'index' order by version desc limit 1`;
  });
  if (!newest) throw new Error("an index key that was made cannot be read");
  if (newest.createdAt < rotation.startedAt) await run.as((tx) => addIndexKey(tx, newest.version + 1));
  const madeAt = newest.createdAt < rotation.startedAt ? Date.now() : newest.createdAt.getTime();
  return pause(run, Math.max(0, madeAt + run.graceMs - Date.now()));
}

async function renewPatients({ as, progress, isStopped }: Run, rotation: Rotation): Promise<boolean> {
  let { lastPatientId, patientsDone } = rotation;
  for (;;) {
    const patients = await as(
      ({ pg }) => pg<{ id: string; version: number; isFresh: boolean }[]>`
      select patient_id as id, max(version) as version, max(created_at) >= ${rotation.startedAt} as "isFresh"
      from data_keys where purpose = 'patient' and (${lastPatientId}::uuid is null or patient_id > ${lastPatientId})
      group by patient_id having bool_and(wrapped is not null) order by patient_id limit ${PATIENTS_AT_ONCE}`,
    );
    if (patients.length === 0) return true;
    const begun = patientsDone;
    for (const { id, version, isFresh } of patients) {
      if (isStopped()) break;
      if (!isFresh) await as((tx) => addPatientKey(tx, id, version + 1));
      await resealPatient(as, id);
      lastPatientId = id;
      patientsDone++;
    }
    await as(
      ({ pg }) =>
        pg`update key_rotations set last_patient_id = ${lastPatientId}, patients_done = ${patientsDone} where id = ${rotation.id}`,
    );
    progress("patients sealed anew", patientsDone);
    if (patientsDone - begun < patients.length) return false;
  }
}

/** Throws away keys that nothing lies under. A writer may have begun with one just before it was replaced, so each is given time, and looked at again. */
async function dropOldKeys(run: Run): Promise<boolean> {
  const { as, progress, graceMs } = run;
  let after: string | null = null;
  for (let done = 0; ; ) {
    const old: { id: string; patientId: string; waitMs: number }[] = await as(
      ({ pg }) => pg<{ id: string; patientId: string; waitMs: number }[]>`
      select k.id, k.patient_id as "patientId",
        greatest(0, ${graceMs} - extract(epoch from clock_timestamp() - n.created_at) * 1000)::float as "waitMs"
      from data_keys k join lateral (select created_at from data_keys n where n.purpose = 'patient' and n.patient_id = k.patient_id
        and n.version > k.version order by n.version desc limit 1) n on true
      where k.purpose = 'patient' and k.wrapped is not null and (${after}::uuid is null or k.id > ${after}) order by k.id limit ${KEYS_AT_ONCE}`,
    );
    if (old.length === 0) return true;
    for (const { id, patientId, waitMs } of old) {
      if (!(await pause(run, waitMs))) return false;
      await resealPatient(as, patientId);
      await as(({ pg }) => pg`delete from data_keys where id = ${id}`);
      after = id;
    }
    done += old.length;
    progress("old keys thrown away", done);
  }
}

/** The same of index keys: who wrote with an older one meanwhile is indexed anew first. */
async function dropOldIndexKeys({ as, isStopped, progress }: Run): Promise<boolean> {
  for (;;) {
    if (isStopped()) return false;
    const left = await as(
      ({ pg }) => pg<{ id: string }[]>`
      select id from patients where index_key_id = any (array(select id from data_keys where purpose = 'index' and version < (
        select max(version) from data_keys where purpose = 'index'))) limit ${PATIENTS_AT_ONCE}`,
    );
    for (const { id } of left) await resealPatient(as, id);
    if (left.length > 0) continue;
    const dropped = await as(
      ({ pg }) =>
        pg`delete from data_keys where purpose = 'index' and version < (select max(version) from data_keys where purpose = 'index')`,
    );
    if (dropped.count > 0) progress("old index keys thrown away", dropped.count);
    return true;
  }
}
