import type { Tx } from "@/db/client";
import { openIdentifiers, type SealedColumns, type SealedRow, sealUnder } from "./identifiers";
import { indexKeys } from "./index-keys";
import { type KeyRow, keyring } from "./keyring";
import { firstKeys, patientKey } from "./patient-keys";
import type { Run } from "./run";
import type { DataKey } from "./seal";

const ROWS_AT_ONCE = 200;

/** Patients whom a version before migration 0030 wrote: their identifiers lie in plain. */
type PlainRow = SealedRow & { id: string } & ({ keyId: null } | KeyRow);

/**
 * Seals what an earlier version wrote in plain, some patients at a time and each batch in its own transaction, while the clinic works: both forms are
 * read and found until all is done. What is sealed needs no mark to go on from. True once nothing is left; false where it was stopped.
 */
export async function sealPlainIdentifiers({ as, progress, isStopped }: Run): Promise<boolean> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (let done = 0; ; ) {
    if (isStopped()) return false;
    const ids = await as((tx) => sealBatch(tx, after));
    const last = ids.at(-1);
    if (last === undefined) return true;
    after = last;
    done += ids.length;
    progress("patients' identifiers sealed", done);
  }
}

async function sealBatch(tx: Tx, after: string): Promise<string[]> {
  const rows = await tx.pg<PlainRow[]>`
    select p.id, null as "contactSealed", p.record_number as "plainRecordNumber", p.email as "plainEmail", p.phone as "plainPhone",
      p.address as "plainAddress", p.external_id as "plainExternalId", k.id as "keyId", k.kek_id as "kekId", k.wrapped
    from patients p left join lateral (select d.id, d.kek_id, d.wrapped from data_keys d
      where d.purpose = 'patient' and d.patient_id = p.id order by d.version desc limit 1) k on true
    where p.id > ${after} and num_nonnulls(p.record_number, p.email, p.phone, p.address, p.external_id) > 0
    order by p.id limit ${ROWS_AT_ONCE} for update of p`;
  if (rows.length === 0) return [];
  const keys = await keysFor(tx, rows);
  const [index] = await indexKeys(tx);
  const sealed = await Promise.all(
    rows.map(async (row) => {
      const key = keys.get(row.id);
      // Whose key was destroyed has been erased: nothing of them is kept.
      return { id: row.id, ...(key ? asText(sealUnder(key, index, row.id, await openIdentifiers(row.id, row))) : {}) };
    }),
  );
  await tx.pg`
    update patients p set contact_sealed = decode(v.sealed, 'hex'), key_id = v.key, contact_tokens = string_to_array(v.tokens, ' '),
      record_token = v.record, external_token = v.external, index_key_id = v.index, has_email = coalesce(v.mail, false), has_phone = coalesce(v.tel, false),
      record_number = null, email = null, phone = null, address = null, external_id = null
    from jsonb_to_recordset(${JSON.stringify(sealed)}::text::jsonb)
      as v (id uuid, sealed text, key uuid, tokens text, record text, external text, index uuid, mail boolean, tel boolean)
    where p.id = v.id`;
  return rows.map(({ id }) => id);
}

/** The newest key of each patient, made where there is none; nothing for those whose key was destroyed. */
async function keysFor(tx: Tx, rows: readonly PlainRow[]): Promise<Map<string, DataKey>> {
  const made = await firstKeys(
    tx,
    rows.flatMap(({ id, keyId }) => (keyId ? [] : [id])),
  );
  for (const row of rows) {
    if (made.has(row.id)) continue;
    if (!row.keyId) made.set(row.id, await patientKey(tx, row.id));
    else if (row.wrapped) made.set(row.id, await keyring().unwrap(row as KeyRow));
  }
  return made;
}

const asText = (columns: SealedColumns) => ({
  sealed: columns.contactSealed.toString("hex"),
  key: columns.keyId,
  tokens: columns.contactTokens.join(" "),
  record: columns.recordToken,
  external: columns.externalToken,
  index: columns.indexKeyId,
  mail: columns.hasEmail,
  tel: columns.hasPhone,
});
