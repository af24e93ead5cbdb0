import { type Identifiers, tokensOf } from "./identifiers";
import type { DataKey } from "./seal";

/** A table with sealed columns: all of a row lie under the key that its `key_id` names. */
export type SealedTable = {
  table: string;
  columns: readonly string[];
  patientColumn: "patient_id" | "id";
  /** The columns that find a row by what is sealed in `columns[0]`, made anew under an index key; `index_key_id` names it. */
  indexed?: (index: DataKey, plain: Buffer) => Record<string, unknown>;
};

const ofPatient = (table: string, ...columns: string[]): SealedTable => ({
  table,
  columns,
  patientColumn: "patient_id",
});

/** Everything that is sealed; a test holds it against the schema. */
export const SEALED_TABLES: readonly SealedTable[] = [
  {
    table: "patients",
    columns: ["contact_sealed"],
    patientColumn: "id",
    indexed: (index, plain) => {
      const tokens = tokensOf(index, JSON.parse(plain.toString("utf8")) as Identifiers);
      return {
        contact_tokens: tokens.contactTokens,
        record_token: tokens.recordToken,
        external_token: tokens.externalToken,
        index_key_id: tokens.indexKeyId,
      };
    },
  },
  ofPatient("medical_records", "withheld_reason_sealed", "error_reason_sealed"),
  ofPatient("record_versions", "content_sealed"),
  ofPatient("record_attachments", "meta_sealed"),
  ofPatient("record_grants", "reason_sealed"),
  ofPatient("break_glass", "reason_sealed"),
  ofPatient("inbound_messages", "content_sealed"),
];
