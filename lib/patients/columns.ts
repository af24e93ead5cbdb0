import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { dataKeys, patients } from "@/db/schema";
import { type Identifiers, openIdentifiers, type SealedRow, sealedIdentifiers } from "@/lib/protection/identifiers";
import { calledBy } from "./record-numbers";
import type { PatientView } from "./views";

/** What the database itself can read of a patient. */
const openColumns = {
  id: patients.id,
  givenName: patients.givenName,
  familyName: patients.familyName,
  name: sql<string>`${patients.givenName} || ' ' || ${patients.familyName}`,
  dateOfBirth: patients.dateOfBirth,
  sex: patients.sex,
  timeZone: patients.timeZone,
  locale: patients.locale,
  version: patients.version,
};
export const patientName = openColumns.name;

type PatientRow = Omit<PatientView, "recordNumber" | "email" | "phone" | "address"> & SealedRow;

/** Patients with what is sealed of them, for a `where`; `openPatients` makes views of the rows. */
export const selectPatients = ({ db }: Pick<Tx, "db">) =>
  db
    .select({ ...openColumns, ...sealedIdentifiers })
    .from(patients)
    .leftJoin(dataKeys, eq(dataKeys.id, patients.keyId));

export const openPatients = (rows: readonly PatientRow[]): Promise<PatientView[]> =>
  Promise.all(rows.map(async (row) => patientOf(row, await openIdentifiers(row.id, row))));

const patientOf = (row: Omit<PatientRow, keyof SealedRow>, identifiers: Identifiers): PatientView => ({
  id: row.id,
  recordNumber: calledBy(row.id, identifiers.recordNumber),
  givenName: row.givenName,
  familyName: row.familyName,
  name: row.name,
  dateOfBirth: row.dateOfBirth,
  sex: row.sex,
  email: identifiers.email,
  phone: identifiers.phone,
  address: identifiers.address,
  timeZone: row.timeZone,
  locale: row.locale,
  version: row.version,
});

/** One patient, as far as the actor may see them. */
export async function readPatient(tx: Tx, id: string): Promise<PatientView | undefined> {
  const [patient] = await openPatients(await selectPatients(tx).where(eq(patients.id, id)));
  return patient;
}
