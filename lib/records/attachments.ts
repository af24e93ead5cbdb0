import { createHash, randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/refusals";
import { attachmentStorage } from "@/lib/platform/storage";
import { type KeyRow, keyring } from "@/lib/protection/keyring";
import { patientKey } from "@/lib/protection/patient-keys";
import { openBytes, openJson, type Place, sealBytes, sealJson } from "@/lib/protection/seal";
import { readable, readerColumns, recordsRefusal, writingRefusal } from "./access";
import { type FileType, fileType, MAX_FILE_BYTES, safeFileName } from "./file-type";
import { metaPlace } from "./record-row";
import type { AttachmentView } from "./views";
import { type ChangeRefusal, lockRecord } from "./write-record";

type Meta = { fileName: string; fileKey: string };
const filePlace = (id: string): Place => ({ table: "record_attachments", column: "file", rowId: id });
const fileKeyOf = (id: string, { fileKey }: Meta) => ({ id, key: Buffer.from(fileKey, "base64") });
const MOST_FILES = 20;

type AddRefusal = ChangeRefusal | "payload_too_large" | "unsupported_media_type" | "too_many_files";

/** Puts a file to a draft of the caller: PDF, JPEG or PNG by its content, at most 20 MB. It is sealed before it leaves the process. */
export async function addAttachment(
  ctx: Context,
  { recordId, fileName, bytes }: { recordId: string; fileName: string; bytes: Buffer },
): Promise<Result<AttachmentView, AddRefusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  return withActor(ctx, async (tx) => {
    const locked = await lockRecord(tx, ctx, { id: recordId }, ["draft"]);
    if (!locked.ok) return locked;
    if (bytes.length === 0) return invalid("file", "is empty");
    if (bytes.length > MAX_FILE_BYTES) return refuse("payload_too_large", { detail: "A file has at most 20 MB." });
    const type = fileType(bytes);
    if (!type) return refuse("unsupported_media_type", { detail: "Only PDF, JPEG and PNG files are kept." });
    if (locked.value.attachmentCount >= MOST_FILES)
      return refuse("too_many_files", { detail: `A record has at most ${MOST_FILES} files.` });
    const { patientId } = locked.value;
    return ok(await keepFile(tx, ctx, { recordId, patientId, type, fileName: safeFileName(fileName, type), bytes }));
  });
}

type NewFile = { recordId: string; patientId: string; type: FileType; fileName: string; bytes: Buffer };

async function keepFile(tx: Tx, { now }: Context, file: NewFile): Promise<AttachmentView> {
  const { recordId, patientId, type, fileName, bytes } = file;
  const id = uuidv7();
  const name = randomBytes(16).toString("hex");
  const meta: Meta = { fileName, fileKey: randomBytes(32).toString("base64") };
  const sealed = sealBytes(fileKeyOf(id, meta), filePlace(id), bytes);
  const key = await patientKey(tx, patientId);
  const sha256 = createHash("sha256").update(sealed).digest("hex");
  await tx.pg`insert into record_attachments (id, record_id, patient_id, content_type, size_bytes, storage_name, sha256, meta_sealed, key_id, created_at)
    values (${id}, ${recordId}, ${patientId}, ${type}, ${bytes.length}, ${name}, ${sha256}, ${sealJson(key, metaPlace(id), meta)}, ${key.id}, ${now})`;
  // Before the commit, so that no row ever names a file that is not there.
  await attachmentStorage().put(name, sealed);
  return { id, fileName, contentType: type, sizeBytes: bytes.length, createdAt: now.toISOString() };
}

export type OpenedFile = { fileName: string; contentType: FileType; bytes: Buffer };
type FileRow = KeyRow & { contentType: FileType; storageName: string; metaSealed: Buffer };

/** A file of a record that the caller may read. The read is written down. */
export async function getAttachment(
  ctx: Context,
  { id }: { id: string },
): Promise<Result<OpenedFile, "forbidden" | "encryption_not_configured" | "not_found">> {
  const refusal = recordsRefusal(ctx);
  if (refusal) return refusal;
  const row = await withActor(ctx, async ({ pg }) => {
    const [found] = await pg<FileRow[]>`
      with seen as (
        select r.patient_id, r.id as record_id, r.status, a.access, f.content_type as "contentType", f.storage_name as "storageName",
          f.meta_sealed as "metaSealed", k.id as "keyId", k.kek_id as "kekId", k.wrapped
        from record_attachments f join medical_records r on r.id = f.record_id join data_keys k on k.id = f.key_id
          cross join lateral (select record_access(r.patient_id, ${ctx.now}) as access) a
        where f.id = ${id} and ${readable(pg, ctx)}
      ), logged as (
        insert into access_log (patient_id, record_id, what, access, user_id, role, job, request_id)
        select patient_id, record_id, 'attachment', access, ${readerColumns(pg, ctx)} from seen where status <> 'draft'
      )
      select * from seen`;
    return found;
  });
  if (!row) return refuse("not_found");
  const meta = openJson<Meta>(await keyring().unwrap(row), metaPlace(id), row.metaSealed);
  const sealed = await attachmentStorage().get(row.storageName);
  const bytes = openBytes(fileKeyOf(id, meta), filePlace(id), sealed);
  return ok({ fileName: meta.fileName, contentType: row.contentType, bytes });
}

/** Takes a file from a draft. By the draft's author. */
export async function removeAttachment(
  ctx: Context,
  { id }: { id: string },
): Promise<Result<undefined, ChangeRefusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  const removed = await withActor(ctx, async (tx) => {
    const [file] = await tx.pg<{ recordId: string; name: string }[]>`
      select record_id as "recordId", storage_name as name from record_attachments where id = ${id}`;
    if (!file) return refuse("not_found");
    const locked = await lockRecord(tx, ctx, { id: file.recordId }, ["draft"]);
    if (!locked.ok) return locked;
    await tx.pg`delete from record_attachments where id = ${id}`;
    return ok(file.name);
  });
  if (!removed.ok) return removed;
  await attachmentStorage().remove(removed.value);
  return ok();
}
