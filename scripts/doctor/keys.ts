import { type Db, withActor } from "@/db/client";
import { systemContext } from "@/lib/platform/context";
import { hasKeys } from "@/lib/protection/keyring";
import { keysFault } from "@/lib/protection/keys-fault";
import { bad, examine, type Finding, fine, warn } from "./finding";

/** Whether what is sealed in this database opens with the keys at hand. */
export const examineKeys = (db: Db): Promise<Finding> =>
  examine("keys", "Check ENCRYPTION_KEYS, and that the migrations are applied.", async () => {
    const fault = await keysFault(db);
    if (fault) return bad("keys", fault, "Set ENCRYPTION_KEYS to the keys that this database was sealed with.");
    const plain = await withActor(
      systemContext(db, "doctor", new Date()),
      ({ pg }) =>
        pg`select from patients where num_nonnulls(record_number, email, phone, address, external_id) > 0 limit 1`,
    );
    if (plain.length > 0)
      return bad("keys", "identifiers of patients lie in plain", "Run npm run migrate with ENCRYPTION_KEYS set.");
    if (hasKeys()) return fine("keys", "every data key of this database opens, and no identifier lies in plain");
    return warn(
      "keys",
      "ENCRYPTION_KEYS is not set: no medical records are kept, and a dump tells how patients are reached",
      "Set it to the output of: openssl rand -base64 32 — and keep a copy apart from the database.",
    );
  });
