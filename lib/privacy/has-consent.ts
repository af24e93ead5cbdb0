import type { Tx } from "@/db/client";
import type { ConsentKind } from "./consent-texts";

/** Whether the patient has given this and not taken it back; false for whoever was never asked. */
export async function hasConsent({ pg }: Tx, patientId: string, kind: ConsentKind): Promise<boolean> {
  const [newest] = await pg<{ decision: string }[]>`
    select decision from consents where patient_id = ${patientId} and kind = ${kind} order by at desc, id desc limit 1`;
  return newest?.decision === "given";
}
