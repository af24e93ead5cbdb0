import { uuidv7 } from "uuidv7";
import { type Db, type Tx, withActor } from "@/db/client";
import { systemContext } from "@/lib/platform/context";
import { type KeyRow, needKeyring } from "./keyring";
import { addPatientKey } from "./patient-keys";
import { resealPatient } from "./reseal";

type Options = {
  /** Only wraps the data keys with the newest key-encryption key; enough where no key is known to be out. */
  wrapOnly?: boolean;
  /** Told of each step. */
  progress?: (what: string, done: number) => void;
  /** Asked between batches; what is done stays done, and the next run goes on from there. */
  isStopped?: () => boolean;
  /** A key is thrown away once it has been out of use for longer than any transaction lasts. */
  graceMs?: number;
};

const KEYS_AT_ONCE = 500;
const PATIENTS_AT_ONCE = 50;
const GRACE_MS = 60_000;

/**
 * Wraps every data key with the newest key of ENCRYPTION_KEYS, gives every patient a new data key, and seals everything anew under it, row by
 * row, while the clinic works. True once all is done; false where it was stopped. Throws `UnknownKek` before anything is touched that it can't open.
 */
export async function rotateKeys(db: Db, options: Options = {}): Promise<boolean> {
  const run: Run = {
    as: (work) => withActor({ ...systemContext(db, "rotate-keys", new Date()), beforeCommit: undefined }, work),
    progress: options.progress ?? (() => {}),
    isStopped: options.isStopped ?? (() => false),
    graceMs: options.graceMs ?? GRACE_MS,
  };
  if (!(await rewrap(run))) return false;
  if (options.wrapOnly) return true;
  const rotation = await beginRotation(run);
  if (!(await renewPatients(run, rotation))) return false;
  if (!(await dropOldKeys(run))) return false;
  await run.as(({ pg }) => pg`update key_rotations set finished_at = now() where id = ${rotation.id}`);
  return true;
}

type Run = Required<Omit<Options, "wrapOnly">> & { as: <T>(work: (tx: Tx) => Promise<T>) => Promise<T> };
type Rotation = { id: string; startedAt: Date; patientsDone: number; lastPatientId: string | null };

async function rewrap({ as, progress, isStopped }: Run): Promise<boolean> {
  const { kms } = needKeyring();
  for (let done = 0; ; ) {
    if (isStopped()) return false;
    const count = await as(async ({ pg }) => {
      const rows = await pg<
        (KeyRow & { wrapped: Buffer })[]
      >`select id as "keyId", kek_id as "kekId", wrapped from data_keys
        where kek_id <> ${kms.kekId} and wrapped is not null order by id limit ${KEYS_AT_ONCE} for update`;
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
async function dropOldKeys({ as, progress, isStopped, graceMs }: Run): Promise<boolean> {
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
      for (let waited = 0; waited < waitMs; waited += 250) {
        if (isStopped()) return false;
        await new Promise((resolve) => setTimeout(resolve, Math.min(250, waitMs - waited)));
      }
      if (isStopped()) return false;
      await resealPatient(as, patientId);
      await as(({ pg }) => pg`delete from data_keys where id = ${id}`);
      after = id;
    }
    done += old.length;
    progress("old keys thrown away", done);
  }
}
