import type postgres from "postgres";
import { type KeyRow, keyring } from "@/lib/protection/keyring";
import { openJson, type Place } from "@/lib/protection/seal";
import type { Access, AttachmentView, RecordSummary, RecordView } from "./views";

/** What a version says. */
export type Content = {
  title: string;
  body: string;
  coding: RecordSummary["coding"];
  /** Why it replaced the wording before it. */
  reason: string | null;
};

export const contentPlace = (versionId: string): Place => ({
  table: "record_versions",
  column: "content_sealed",
  rowId: versionId,
});
export const reasonPlace = (recordId: string, column: "withheld_reason_sealed" | "error_reason_sealed"): Place => ({
  table: "medical_records",
  column,
  rowId: recordId,
});
export const metaPlace = (attachmentId: string): Place => ({
  table: "record_attachments",
  column: "meta_sealed",
  rowId: attachmentId,
});

type SealedAttachment = {
  id: string;
  contentType: AttachmentView["contentType"];
  sizeBytes: number;
  createdAt: string;
  /** Hex, as it comes inside json. */
  meta: string;
  keyId: string;
  kekId: string;
  wrapped: string | null;
};

/** A record as a query brings it: what is sealed still is. */
export type RecordRow = Omit<
  RecordSummary,
  | "title"
  | "coding"
  | "doctor"
  | "occurredAt"
  | "signedAt"
  | "releasedAt"
  | "resolvedAt"
  | "withheldReason"
  | "errorReason"
  | "createdAt"
  | "updatedAt"
> & {
  access: Access;
  doctorId: string;
  doctorName: string;
  occurredAt: Date;
  signedAt: Date | null;
  releasedAt: Date | null;
  resolvedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  versionId: string;
  contentSealed: Buffer;
  contentKey: KeyRow;
  withheldReasonSealed: Buffer | null;
  errorReasonSealed: Buffer | null;
  reasonKey: KeyRow;
};
type Raw = Omit<RecordRow, "contentKey" | "reasonKey"> & {
  vKeyId: string;
  vKekId: string;
  vWrapped: Buffer | null;
  rKeyId: string;
  rKekId: string;
  rWrapped: Buffer | null;
};

/** Records `r` with their newest wording and the keys of both; `a.access` has to be joined by the caller. */
export const recordColumns = (pg: postgres.TransactionSql) => pg`
  r.id, r.patient_id as "patientId", r.kind, r.status, r.release, r.is_warning as "isWarning", r.appointment_id as "appointmentId",
  r.occurred_at as "occurredAt", r.signed_at as "signedAt", r.released_at as "releasedAt", r.resolved_at as "resolvedAt",
  r.current_version as revision, r.version, r.created_at as "createdAt", r.updated_at as "updatedAt",
  r.withheld_reason_sealed as "withheldReasonSealed", r.error_reason_sealed as "errorReasonSealed",
  r.doctor_id as "doctorId", d.name as "doctorName", a.access, v.id as "versionId", v.content_sealed as "contentSealed",
  vk.id as "vKeyId", vk.kek_id as "vKekId", vk.wrapped as "vWrapped", rk.id as "rKeyId", rk.kek_id as "rKekId", rk.wrapped as "rWrapped",
  (select count(*)::int from record_attachments f where f.record_id = r.id) as "attachmentCount"`;
// Where the patient's key was destroyed there is no record any more.
export const recordJoins = (pg: postgres.TransactionSql) => pg`
  join record_versions v on v.record_id = r.id and v.number = r.current_version
  join data_keys vk on vk.id = v.key_id and vk.wrapped is not null join data_keys rk on rk.id = r.key_id
  join doctors d on d.id = r.doctor_id`;

export function recordRow({ vKeyId, vKekId, vWrapped, rKeyId, rKekId, rWrapped, ...row }: Raw): RecordRow {
  return {
    ...row,
    contentKey: { keyId: vKeyId, kekId: vKekId, wrapped: vWrapped },
    reasonKey: { keyId: rKeyId, kekId: rKekId, wrapped: rWrapped },
  };
}
export type RawRecord = Raw;

export async function contentOf({ versionId, contentKey, contentSealed }: RecordRow): Promise<Content> {
  return openJson<Content>(await keyring().unwrap(contentKey), contentPlace(versionId), contentSealed);
}

async function reasonOf(row: RecordRow, column: "withheld_reason_sealed" | "error_reason_sealed") {
  const sealed = column === "withheld_reason_sealed" ? row.withheldReasonSealed : row.errorReasonSealed;
  // What is said among doctors is not the patient's to read.
  if (!sealed || row.access === "self" || row.access === "proxy") return null;
  return openJson<string>(await keyring().unwrap(row.reasonKey), reasonPlace(row.id, column), sealed);
}

const at = (instant: Date | null) => instant?.toISOString() ?? null;

/** The row opened; with its body where it is asked for alone. */
export async function openedRecord(row: RecordRow): Promise<RecordSummary & Pick<RecordView, "body" | "amendReason">> {
  const { title, body, coding, reason } = await contentOf(row);
  return {
    ...{
      id: row.id,
      patientId: row.patientId,
      kind: row.kind,
      status: row.status,
      release: row.release,
      title,
      body,
      coding,
    },
    ...{
      isWarning: row.isWarning,
      doctor: { id: row.doctorId, name: row.doctorName },
      appointmentId: row.appointmentId,
    },
    ...{ occurredAt: row.occurredAt.toISOString(), signedAt: at(row.signedAt), releasedAt: at(row.releasedAt) },
    resolvedAt: at(row.resolvedAt),
    withheldReason: await reasonOf(row, "withheld_reason_sealed"),
    errorReason: await reasonOf(row, "error_reason_sealed"),
    ...{ attachmentCount: row.attachmentCount, revision: row.revision, version: row.version, amendReason: reason },
    ...{ createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() },
  };
}

export async function summaryOf(row: RecordRow): Promise<RecordSummary> {
  const { body: _b, amendReason: _a, ...summary } = await openedRecord(row);
  return summary;
}

/** The attachments of records, as json of one query. */
export const attachmentsOf = (pg: postgres.TransactionSql) => pg`
  (select json_agg(json_build_object('id', f.id, 'contentType', f.content_type, 'sizeBytes', f.size_bytes, 'createdAt', f.created_at,
      'meta', encode(f.meta_sealed, 'hex'), 'keyId', fk.id, 'kekId', fk.kek_id, 'wrapped', encode(fk.wrapped, 'hex')) order by f.id)
    from record_attachments f join data_keys fk on fk.id = f.key_id where f.record_id = r.id) as attachments`;
export type Attached = { attachments: SealedAttachment[] | null };

export async function openedRecordView(row: RecordRow & Attached): Promise<RecordView> {
  const { attachmentCount: _, ...record } = await openedRecord(row);
  const attachments = await Promise.all((row.attachments ?? []).map(openedAttachment));
  return { ...record, attachments };
}

async function openedAttachment(sealed: SealedAttachment): Promise<AttachmentView> {
  const { id, contentType, sizeBytes, createdAt, keyId, kekId } = sealed;
  const wrapped = sealed.wrapped === null ? null : Buffer.from(sealed.wrapped, "hex");
  const key = await keyring().unwrap({ keyId, kekId, wrapped });
  const { fileName } = openJson<{ fileName: string }>(key, metaPlace(id), Buffer.from(sealed.meta, "hex"));
  return { id, fileName, contentType, sizeBytes, createdAt: new Date(createdAt).toISOString() };
}
