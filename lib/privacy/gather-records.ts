import type postgres from "postgres";
import type { Tx } from "@/db/client";
import { hasKeys, type KeyRow, keyring } from "@/lib/protection/keyring";
import { openJson, type Place } from "@/lib/protection/seal";
import { glassPlace } from "@/lib/records/glass-row";
import { grantPlace } from "@/lib/records/grants";
import { type Content, contentPlace, metaPlace } from "@/lib/records/record-row";
import type { PatientExport, Row } from "./export-view";
import { pick } from "./pick";

type Sealed = KeyRow & { id: string; sealed: Buffer; doctor: string; recordId: string };
type Raw = Row & Sealed;

/** Rows of a table with sealed text, each with its key. What was sealed with a key that is gone is gone. */
const withKeys = (pg: postgres.TransactionSql, table: string, sealed: string, patientId: string) => pg<Raw[]>`
  select t.*, t.${pg(sealed)} as sealed, k.id as "keyId", k.kek_id as "kekId", k.wrapped
  from ${pg(table)} t join data_keys k on k.id = t.key_id and k.wrapped is not null where t.patient_id = ${patientId} order by t.id`;

const opened = async <T>(row: Raw, place: Place): Promise<T> =>
  openJson<T>(await keyring().unwrap(row), place, row.sealed);
const camel = (row: Row): Raw =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  ) as Raw;

type Gathered = Pick<PatientExport, "records" | "recordGrants" | "emergencyAccess">;

/** Released records as the patient reads them, with all that was signed of each, and who was let in to them. */
export async function gatherRecords({ pg }: Tx, patientId: string): Promise<Gathered> {
  if (!hasKeys()) return { records: [], recordGrants: [], emergencyAccess: [] };
  const names = new Map(
    (await pg<{ id: string; name: string }[]>`select id, name from doctors`).map(({ id, name }) => [id, name]),
  );
  const read = async (table: string, sealed: string) => (await withKeys(pg, table, sealed, patientId)).map(camel);
  const doctor = (row: Row) => names.get(String(row.doctorId)) ?? "";
  const records = (
    await pg<Raw[]>`select * from medical_records
    where patient_id = ${patientId} and release = 'released' and status in ('signed', 'amended') order by occurred_at, id`
  ).map(camel);
  const versions = await read("record_versions", "content_sealed");
  const files = await read("record_attachments", "meta_sealed");
  return {
    records: (await Promise.all(
      records.map(async (record) => {
        const own = versions.filter(({ recordId, signedAt }) => recordId === record.id && signedAt !== null);
        const wordings = await Promise.all(own.map((row) => opened<Content>(row, contentPlace(row.id))));
        const signed = own.map((row, n) => ({ ...pick("record_versions", row), ...wordings[n], doctor: doctor(row) }));
        const { reason: _, ...newest } =
          wordings[own.findIndex((row) => row.number === record.currentVersion)] ?? ({} as Content);
        return {
          ...{ ...pick("medical_records", record), ...newest, versions: signed },
          doctor: { id: String(record.doctorId), name: doctor(record) },
          attachments: await Promise.all(
            files
              .filter(({ recordId }) => recordId === record.id)
              .map(async (row) => ({
                ...pick("record_attachments", row),
                fileName: (await opened<{ fileName: string }>(row, metaPlace(row.id))).fileName,
              })),
          ),
        };
      }),
    )) as Gathered["records"],
    recordGrants: await Promise.all(
      (await read("record_grants", "reason_sealed")).map(async (row) => ({
        ...{
          ...pick("record_grants", row),
          doctor: doctor(row),
          reason: await opened<string>(row, grantPlace(row.id)),
        },
      })),
    ),
    emergencyAccess: await Promise.all(
      (await read("break_glass", "reason_sealed")).map(async (row) => ({
        ...{ ...pick("break_glass", row), doctor: doctor(row), reason: await opened<string>(row, glassPlace(row.id)) },
      })),
    ),
  };
}

/** What the patient wrote back, opened where it was sealed. */
export async function gatherReplies({ pg }: Tx, patientId: string): Promise<Row[]> {
  const rows = await pg<Raw[]>`
    select t.*, t.content_sealed as sealed, k.id as "keyId", k.kek_id as "kekId", k.wrapped
    from inbound_messages t left join data_keys k on k.id = t.key_id where t.patient_id = ${patientId} order by t.received_at, t.id`;
  return Promise.all(
    rows.map(camel).map(async (row) => {
      const place = { table: "inbound_messages", column: "content_sealed", rowId: row.id };
      const said = row.sealed && row.wrapped ? await opened<Row>(row, place) : {};
      return { ...pick("inbound_messages", row), ...said };
    }),
  );
}
