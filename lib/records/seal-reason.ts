import type { Tx } from "@/db/client";
import { keyring } from "@/lib/protection/keyring";
import { patientKey } from "@/lib/protection/patient-keys";
import { openJson, sealJson } from "@/lib/protection/seal";
import { type RecordRow, reasonPlace } from "./record-row";

type Column = "withheld_reason_sealed" | "error_reason_sealed";

/** Writes one of a record's reasons. Both lie under the row's one key, so the other is sealed anew where the key is a newer one. */
export async function sealReason(tx: Tx, row: RecordRow, column: Column, reason: string): Promise<void> {
  const key = await patientKey(tx, row.patientId);
  const old = await keyring().unwrap(row.reasonKey);
  const resealed = (own: Column, sealed: Buffer | null) =>
    sealed && sealJson(key, reasonPlace(row.id, own), openJson(old, reasonPlace(row.id, own), sealed));
  const fresh = sealJson(key, reasonPlace(row.id, column), reason);
  const withheld =
    column === "withheld_reason_sealed" ? fresh : resealed("withheld_reason_sealed", row.withheldReasonSealed);
  const error = column === "error_reason_sealed" ? fresh : resealed("error_reason_sealed", row.errorReasonSealed);
  await tx.pg`update medical_records set withheld_reason_sealed = ${withheld}, error_reason_sealed = ${error}, key_id = ${key.id} where id = ${row.id}`;
}
