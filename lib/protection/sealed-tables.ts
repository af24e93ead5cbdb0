/** A table with sealed columns: all of a row lie under the key that its `key_id` names. */
export type SealedTable = { table: string; columns: readonly string[]; patientColumn: "patient_id" | "id" };

const ofPatient = (table: string, ...columns: string[]): SealedTable => ({
  table,
  columns,
  patientColumn: "patient_id",
});

/** Everything that is sealed; a test holds it against the schema. */
export const SEALED_TABLES: readonly SealedTable[] = [
  { table: "patients", columns: ["contact_sealed"], patientColumn: "id" },
  ofPatient("medical_records", "withheld_reason_sealed", "error_reason_sealed"),
  ofPatient("record_versions", "content_sealed"),
  ofPatient("record_attachments", "meta_sealed"),
  ofPatient("record_grants", "reason_sealed"),
  ofPatient("break_glass", "reason_sealed"),
  ofPatient("inbound_messages", "content_sealed"),
];
