import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/refusals";
import { patientKey } from "@/lib/protection/patient-keys";
import { accessTo, mayWrite, writingRefusal } from "./access";
import type { CreateDraftInput, CreateRecordInput } from "./schemas";
import type { RecordView } from "./views";
import { addVersion, visitOf, type WriteRefusal, writerOf, writtenRecord } from "./write-record";

type Created = Promise<Result<RecordView, WriteRefusal>>;

/** Writes a record and signs it, unless it is to stay a draft. By a doctor with access to the patient. */
export async function createRecord(ctx: Context, { draft, release, ...input }: CreateRecordInput): Created {
  if (draft && release) return invalid("release", "is not for a draft");
  return create(ctx, input, { isSigned: !draft, isReleased: release ?? false });
}

/** Begins a record that only its author sees until it is signed; it may say nothing yet. */
export async function createDraft(ctx: Context, input: CreateDraftInput): Created {
  return create(ctx, input, { isSigned: false, isReleased: false });
}

async function create(
  ctx: Context,
  input: CreateDraftInput,
  stands: { isSigned: boolean; isReleased: boolean },
): Created {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  const doctorId = writerOf(ctx);
  if (!doctorId) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const access = await accessTo(tx, ctx, input.patientId);
    if (!mayWrite(ctx, access)) return access ? refuse("forbidden") : refuse("not_found");
    const visit = await visitOf(tx, input.patientId, input.appointmentId);
    if (!visit.ok) return visit;
    const id = await insertRecord(tx, ctx, { ...input, doctorId, visit: visit.value, ...stands });
    return ok(await writtenRecord(tx, ctx, id));
  });
}

type NewRecord = CreateDraftInput & {
  doctorId: string;
  visit: { id: string; startsAt: Date } | null;
  isSigned: boolean;
  isReleased: boolean;
};

async function insertRecord(tx: Tx, { now }: Context, record: NewRecord): Promise<string> {
  const { patientId, doctorId, kind, visit, isSigned, isReleased, title, body, coding } = record;
  const id = uuidv7();
  const key = await patientKey(tx, patientId);
  const signedAt = isSigned ? now : null;
  const occurredAt = record.occurredAt ? new Date(record.occurredAt) : (visit?.startsAt ?? now);
  await tx.pg`insert into medical_records (id, patient_id, doctor_id, appointment_id, kind, status, release, released_at, is_warning, occurred_at, signed_at, key_id, created_at, updated_at)
    values (${id}, ${patientId}, ${doctorId}, ${visit?.id ?? null}, ${kind}, ${isSigned ? "signed" : "draft"}, ${isReleased ? "released" : "pending"},
      ${isReleased ? now : null}, ${record.isWarning ?? kind === "allergy"}, ${occurredAt}, ${signedAt}, ${key.id}, ${now}, ${now})`;
  const content = { title, body, coding: coding ?? null, reason: null };
  await addVersion(tx, { recordId: id, patientId, number: 1, doctorId, content, signedAt });
  return id;
}
