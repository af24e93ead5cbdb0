import type { Db } from "@/db/client";
import { hasKeys } from "@/lib/protection/keyring";
import { keysFault } from "@/lib/protection/keys-fault";
import { bad, examine, type Finding, fine, warn } from "./finding";

/** Whether what is sealed in this database opens with the keys at hand. */
export const examineKeys = (db: Db): Promise<Finding> =>
  examine("keys", "Check ENCRYPTION_KEYS, and that the migrations are applied.", async () => {
    const fault = await keysFault(db);
    if (fault) return bad("keys", fault, "Set ENCRYPTION_KEYS to the keys that this database was sealed with.");
    if (hasKeys()) return fine("keys", "every data key of this database opens");
    return warn(
      "keys",
      "ENCRYPTION_KEYS is not set: no medical records are kept",
      "Set it to the output of: openssl rand -base64 32 — and keep a copy apart from the database.",
    );
  });
