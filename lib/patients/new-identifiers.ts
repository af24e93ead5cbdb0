import type { Tx } from "@/db/client";
import { type Identifiers, type SealedColumns, sealUnder } from "@/lib/protection/identifiers";
import { indexKeys } from "@/lib/protection/index-keys";
import { firstKeys } from "@/lib/protection/patient-keys";

/** `count` record numbers that nobody has: `P-000123`. One that is not used after all is never given again. */
export async function newRecordNumbers({ pg }: Tx, count: number): Promise<string[]> {
  const rows = await pg<{ number: string }[]>`
    select 'P-' || lpad(nextval('patient_record_numbers')::text, 6, '0') as number from generate_series(1, ${count})`;
  return rows.map(({ number }) => number);
}

export type NewPatient = { id: string } & Partial<Omit<Identifiers, "recordNumber">>;

/** What the rows of patients about to be inserted hold of them, in their order, each under a first key of its own, which is written here. */
export async function sealNewPatients(tx: Tx, added: readonly NewPatient[]): Promise<SealedColumns[]> {
  const [numbers, [index], keys] = await Promise.all([
    newRecordNumbers(tx, added.length),
    indexKeys(tx),
    firstKeys(
      tx,
      added.map(({ id }) => id),
    ),
  ]);
  return added.map(({ id, email = null, phone = null, address = null, externalId = null }, nth) => {
    const key = keys.get(id);
    if (!key) throw new Error("a new patient has a key already");
    return sealUnder(key, index, id, { recordNumber: numbers[nth] ?? null, email, phone, address, externalId });
  });
}

export async function sealNewPatient(tx: Tx, patient: NewPatient): Promise<SealedColumns> {
  const [columns] = await sealNewPatients(tx, [patient]);
  if (!columns) throw new Error("nothing was sealed");
  return columns;
}
