import type { Tx } from "@/db/client";

/**
 * Destroys a patient's keys: whatever was sealed for them can't be read by anybody any more, in no copy that is younger than its last wrapped
 * key. For the job that erases a patient; the database refuses it to anybody else. Gives how many there were.
 */
export async function destroyPatientKeys({ pg }: Tx, patientId: string): Promise<number> {
  const { count } =
    await pg`update data_keys set wrapped = null, destroyed_at = now() where purpose = 'patient' and patient_id = ${patientId} and wrapped is not null`;
  return count;
}
