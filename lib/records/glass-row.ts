import type postgres from "postgres";
import { type KeyRow, keyring } from "@/lib/protection/keyring";
import { openJson, type Place } from "@/lib/protection/seal";
import type { GlassView } from "./views";

export const glassPlace = (id: string): Place => ({ table: "break_glass", column: "reason_sealed", rowId: id });

export type GlassRow = KeyRow & {
  id: string;
  patientId: string;
  patientName: string;
  doctorId: string;
  doctorName: string;
  reasonSealed: Buffer;
  openedAt: Date;
  expiresAt: Date;
  closedAt: Date | null;
};

/** Columns and tables of a list of broken glass `r`. */
export const GLASS_COLUMNS = (pg: postgres.TransactionSql) => pg`
  r.id, r.patient_id as "patientId", p.given_name || ' ' || p.family_name as "patientName", r.doctor_id as "doctorId", d.name as "doctorName",
  r.reason_sealed as "reasonSealed", r.opened_at as "openedAt", r.expires_at as "expiresAt", r.closed_at as "closedAt",
  k.id as "keyId", k.kek_id as "kekId", k.wrapped
  from break_glass r join data_keys k on k.id = r.key_id join patients p on p.id = r.patient_id join doctors d on d.id = r.doctor_id`;

/** The row opened. A reason whose key was destroyed with its patient is blank. */
export async function glassOf(row: GlassRow): Promise<GlassView> {
  const reason = row.wrapped ? openJson<string>(await keyring().unwrap(row), glassPlace(row.id), row.reasonSealed) : "";
  return {
    ...{ id: row.id, patient: { id: row.patientId, name: row.patientName }, reason },
    doctor: { id: row.doctorId, name: row.doctorName },
    ...{ openedAt: row.openedAt.toISOString(), expiresAt: row.expiresAt.toISOString() },
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}
