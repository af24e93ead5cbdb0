import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { type KeyRow, keyring } from "./keyring";
import type { DataKey } from "./seal";

/** The key that seals for this patient from now on; made with the first thing that is sealed. Throws `KeyDestroyed` once it is gone. */
export async function patientKey(tx: Tx, patientId: string): Promise<DataKey> {
  const keys = keyring();
  const [row] = await newestKey(tx, patientId);
  if (row) return keys.unwrap(row);
  await addPatientKey(tx, patientId, 1);
  // Somebody else's, where two were the first at once.
  const [made] = await newestKey(tx, patientId);
  if (!made) throw new Error("a data key that was made cannot be read");
  return keys.unwrap(made);
}

const newestKey = ({ pg }: Tx, patientId: string) =>
  pg<KeyRow[]>`select id as "keyId", kek_id as "kekId", wrapped from data_keys
    where purpose = 'patient' and patient_id = ${patientId} order by version desc limit 1`;

/** Adds a version of the patient's key, where nobody has added it meanwhile. */
export async function addPatientKey({ pg }: Tx, patientId: string, version: number): Promise<DataKey> {
  const { dataKey, row } = await keyring().make(uuidv7());
  await pg`insert into data_keys (id, purpose, patient_id, version, kek_id, wrapped)
    values (${dataKey.id}, 'patient', ${patientId}, ${version}, ${row.kekId}, ${row.wrapped}) on conflict do nothing`;
  return dataKey;
}

/** First keys of patients who have none yet, as one statement; those of whom somebody else made one meanwhile are left out. */
export async function firstKeys({ pg }: Tx, patientIds: readonly string[]): Promise<Map<string, DataKey>> {
  const keys = keyring();
  const made = await Promise.all(patientIds.map(async (patientId) => ({ patientId, ...(await keys.make(uuidv7())) })));
  const rows = made.map(({ patientId, dataKey, row }) => ({
    ...{ id: dataKey.id, purpose: "patient", patient_id: patientId, version: 1 },
    ...{ kek_id: row.kekId, wrapped: row.wrapped },
  }));
  const stored = new Set<string>();
  for (let at = 0; at < rows.length; at += 1_000) {
    const ids = await pg<{ id: string }[]>`
      insert into data_keys ${pg(rows.slice(at, at + 1_000))} on conflict do nothing returning id`;
    for (const { id } of ids) stored.add(id);
  }
  return new Map(made.flatMap(({ patientId, dataKey }) => (stored.has(dataKey.id) ? [[patientId, dataKey]] : [])));
}
