import { type Db, withActor } from "@/db/client";
import { systemContext } from "@/lib/platform/context";
import { hasKeys, type KeyRow, keyring, UNSET_KEK_ID } from "./keyring";
import { UnknownKek } from "./kms";

/** Why this process may not work with this database: what is sealed in it would stay closed, or be sealed with another key. Null where all is well. */
export async function keysFault(db: Db): Promise<string | null> {
  const rows = await withActor(
    systemContext(db, "check-keys", new Date()),
    ({ pg }) => pg<KeyRow[]>`
    select distinct on (kek_id) id as "keyId", kek_id as "kekId", wrapped from data_keys where wrapped is not null order by kek_id, id`,
  );
  for (const row of rows) {
    try {
      await keyring().unwrap(row);
    } catch (error) {
      if (!hasKeys()) return "ENCRYPTION_KEYS is needed and not set: this database holds sealed data";
      if (row.kekId === UNSET_KEK_ID)
        return "ENCRYPTION_KEYS was set after this database was filled: run npm run migrate with it";
      if (error instanceof UnknownKek) return `ENCRYPTION_KEYS lacks a key of this database: ${error.message}`;
      return "ENCRYPTION_KEYS does not open the keys of this database";
    }
  }
  return null;
}
