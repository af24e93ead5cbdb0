import { type Db, withActor } from "@/db/client";
import { systemContext } from "@/lib/platform/context";
import { type KeyRow, keyring } from "./keyring";
import { UnknownKek } from "./kms";

/** Why this process may not work with this database: what is sealed in it would stay closed, or be sealed with another key. Null where all is well. */
export async function keysFault(db: Db): Promise<string | null> {
  const rows = await withActor(
    systemContext(db, "check-keys", new Date()),
    ({ pg }) => pg<KeyRow[]>`
    select distinct on (kek_id) id as "keyId", kek_id as "kekId", wrapped from data_keys where wrapped is not null order by kek_id, id`,
  );
  const keys = keyring();
  if (!keys) return rows.length > 0 ? "ENCRYPTION_KEYS is needed and not set: this database holds sealed data" : null;
  for (const row of rows) {
    try {
      await keys.unwrap(row);
    } catch (error) {
      if (error instanceof UnknownKek) return `ENCRYPTION_KEYS lacks a key of this database: ${error.message}`;
      return "ENCRYPTION_KEYS does not open the keys of this database";
    }
  }
  return null;
}
