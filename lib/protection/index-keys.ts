import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { type KeyRow, keyring } from "./keyring";
import type { DataKey } from "./seal";

/**
 * The keys of the blind indexes, the newest first. It makes tokens; all of them are looked up by, as a rotation gives patients new tokens one after
 * the other. Read in each transaction: a key that is remembered too long finds nobody.
 */
export async function indexKeys(tx: Tx): Promise<[DataKey, ...DataKey[]]> {
  const known = await readKeys(tx);
  if (known.length === 0) await addIndexKey(tx, 1);
  const rows = known.length > 0 ? known : await readKeys(tx);
  const [newest, ...older] = await Promise.all(rows.map((row) => keyring().unwrap(row)));
  if (!newest) throw new Error("an index key that was made cannot be read");
  return [newest, ...older];
}

const readKeys = ({ pg }: Tx) => pg<KeyRow[]>`
  select id as "keyId", kek_id as "kekId", wrapped from data_keys where purpose = 'index' order by version desc`;

/** Adds a version, where nobody has added it meanwhile. */
export async function addIndexKey({ pg }: Tx, version: number): Promise<void> {
  const { dataKey, row } = await keyring().make(uuidv7());
  await pg`insert into data_keys (id, purpose, version, kek_id, wrapped)
    values (${dataKey.id}, 'index', ${version}, ${row.kekId}, ${row.wrapped}) on conflict do nothing`;
}
