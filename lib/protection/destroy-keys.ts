import type { Tx } from "@/db/client";

/**
 * Destroys a patient's keys: whatever was sealed for them can't be read by anybody any more, in no copy that is younger than its last wrapped
 * key. Their identifiers go with it, and what they were found by. For the job that erases a patient; the database refuses it to anybody else. Gives how
 * many keys there were.
 */
export async function destroyPatientKeys({ pg }: Tx, patientId: string): Promise<number> {
  const [row] = await pg<{ count: number }[]>`
    with destroyed as (
      update data_keys set wrapped = null, destroyed_at = now() where purpose = 'patient' and patient_id = ${patientId} and wrapped is not null returning id
    ), emptied as (
      update patients set contact_sealed = null, key_id = null, contact_tokens = null, record_token = null, external_token = null, index_key_id = null,
        has_email = false, has_phone = false, record_number = null, email = null, phone = null, address = null, external_id = null
      where id = ${patientId} and exists (select from destroyed)
    ) select count(*)::int as count from destroyed`;
  return row?.count ?? 0;
}
