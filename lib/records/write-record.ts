import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { type Refused, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { invalid, versionRefusal } from "@/lib/platform/refusals";
import { patientKey } from "@/lib/protection/patient-keys";
import { sealJson } from "@/lib/protection/seal";
import { mayWrite } from "./access";
import {
  type Attached,
  attachmentsOf,
  type Content,
  contentPlace,
  openedRecordView,
  type RawRecord,
  type RecordRow,
  recordColumns,
  recordJoins,
  recordRow,
} from "./record-row";
import type { RecordView } from "./views";

// What the verbs that write records share.

export type WriteRefusal = "forbidden" | "encryption_not_configured" | "not_found" | "validation_failed";
export type ChangeRefusal = WriteRefusal | "version_conflict" | "invalid_transition";

/** The doctor in whose name something is written; our own jobs say whose. */
export const writerOf = ({ actor }: Context): string | null => (actor.kind === "user" ? actor.doctorId : null);

/** Locks a record that the caller may write, if it is the version they have seen and stands in one of `statuses`. */
export async function lockRecord(
  { pg }: Tx,
  ctx: Context,
  { id, expectedVersion }: { id: string; expectedVersion?: number | undefined },
  statuses: readonly RecordRow["status"][],
): Promise<{ ok: true; value: RecordRow } | Refused<"not_found" | "version_conflict" | "invalid_transition">> {
  // Two statements in one go: read in that which waits for the lock, the wording would be from before the wait.
  const [, [raw]] = await Promise.all([
    pg`select from medical_records where id = ${id} for no key update`,
    pg<RawRecord[]>`
      select ${recordColumns(pg)} from medical_records r cross join lateral (select record_access(r.patient_id, ${ctx.now}) as access) a ${recordJoins(pg)}
      where r.id = ${id}`,
  ]);
  const isOthersDraft = raw?.status === "draft" && ctx.actor.kind === "user" && raw.doctorId !== writerOf(ctx);
  const row = raw && mayWrite(ctx, raw.access) && !isOthersDraft ? raw : undefined;
  const refusal = versionRefusal(row, expectedVersion);
  if (refusal || !row) return refusal ?? refuse("not_found");
  if (statuses.includes(row.status)) return { ok: true, value: recordRow(row) };
  return refuse("invalid_transition", { detail: `The record is ${row.status.replaceAll("_", " ")}.` });
}

type NewVersion = {
  recordId: string;
  patientId: string;
  number: number;
  doctorId: string;
  content: Content;
  signedAt: Date | null;
};

/** Adds a wording, sealed under the patient's key. */
export async function addVersion(
  tx: Tx,
  { recordId, patientId, number, doctorId, content, signedAt }: NewVersion,
): Promise<void> {
  const key = await patientKey(tx, patientId);
  const id = uuidv7();
  await tx.pg`insert into record_versions (id, record_id, patient_id, number, doctor_id, content_sealed, key_id, signed_at)
    values (${id}, ${recordId}, ${patientId}, ${number}, ${doctorId}, ${sealJson(key, contentPlace(id), content)}, ${key.id}, ${signedAt})`;
}

type Visit = { id: string; startsAt: Date };

/** The visit that a record is written at; a refusal where it is not one of this patient's that the caller sees. */
export async function visitOf(
  { pg }: Tx,
  patientId: string,
  appointmentId: string | null | undefined,
): Promise<{ ok: true; value: Visit | null } | Refused<"validation_failed">> {
  if (!appointmentId) return { ok: true, value: null };
  const [visit] = await pg<Visit[]>`
    select id, starts_at as "startsAt" from appointments where id = ${appointmentId} and patient_id = ${patientId} and status <> 'cancelled'`;
  return visit ? { ok: true, value: visit } : invalid("appointmentId", "is not a visit of this patient");
}

/** A record as it stands after a change in the same transaction. Its writer knows what it says, so it is no read. */
export async function writtenRecord({ pg }: Tx, ctx: Context, id: string): Promise<RecordView> {
  const [row] = await pg<(RawRecord & Attached)[]>`
    select ${recordColumns(pg)}, ${attachmentsOf(pg)}
    from medical_records r cross join lateral (select record_access(r.patient_id, ${ctx.now}) as access) a ${recordJoins(pg)} where r.id = ${id}`;
  if (!row) throw new Error("a record that was written cannot be read");
  return openedRecordView({ ...recordRow(row), attachments: row.attachments });
}
