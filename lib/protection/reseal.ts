import type { Tx } from "@/db/client";
import { indexKeys } from "./index-keys";
import { type KeyRow, keyring } from "./keyring";
import { patientKey } from "./patient-keys";
import { type DataKey, openBytes, type Place, SealBroken, sealBytes } from "./seal";
import { SEALED_TABLES, type SealedTable } from "./sealed-tables";

const ROWS_AT_ONCE = 100;
type As = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Seals every row of a patient that lies under an older key anew under the newest, some at a time, each batch in its own transaction. */
export async function resealPatient(as: As, patientId: string): Promise<void> {
  for (const table of SEALED_TABLES) {
    while ((await as((tx) => resealBatch(tx, table, patientId))) === ROWS_AT_ONCE);
  }
}

async function resealBatch(tx: Tx, sealed: SealedTable, patientId: string): Promise<number> {
  const { pg } = tx;
  const { table, columns, patientColumn, indexed } = sealed;
  const key = await patientKey(tx, patientId);
  const index = indexed && (await indexKeys(tx))[0];
  const rows = await pg<(KeyRow & { id: string } & Record<string, Buffer | null>)[]>`
    select t.id, ${pg(columns.map((column) => `t.${column}`))}, k.id as "keyId", k.kek_id as "kekId", k.wrapped
    from ${pg(table)} t join data_keys k on k.id = t.key_id
    where ${pg(`t.${patientColumn}`)} = ${patientId} and (t.key_id <> ${key.id} ${index ? pg`or t.index_key_id <> ${index.id}` : pg``}) limit ${ROWS_AT_ONCE} for update of t`;
  for (const row of rows) {
    const old = await keyring().unwrap(row);
    const fresh: Record<string, unknown> = { key_id: key.id };
    for (const [nth, column] of columns.entries()) {
      const place = { table, column, rowId: row.id };
      const plain = row[column] ? reopened(old, place, row[column]) : null;
      fresh[column] = plain && sealBytes(key, place, plain);
      if (nth === 0 && plain && index) Object.assign(fresh, indexed(index, plain));
    }
    await pg`update ${pg(table)} set ${pg(fresh as Record<string, never>)} where id = ${row.id}`;
  }
  return rows.length;
}

/** Names the row that was tampered with, or spoilt: whoever rotates has to know, and its key must not be thrown away unseen. */
function reopened(key: DataKey, place: Place, sealed: Buffer): Buffer {
  try {
    return openBytes(key, place, sealed);
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new Error(`${place.table}.${place.column} of row ${place.rowId} does not open; nothing of it was changed`);
  }
}
