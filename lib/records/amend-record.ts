import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/refusals";
import { writingRefusal } from "./access";
import { contentOf } from "./record-row";
import type { AmendRecordInput } from "./schemas";
import type { RecordView } from "./views";
import { addVersion, type ChangeRefusal, lockRecord, visitOf, writerOf, writtenRecord } from "./write-record";

/** Writes a new wording over the old, which is kept; what is not given stays. By any doctor with access; what is released stays so. */
export async function amendRecord(ctx: Context, input: AmendRecordInput): Promise<Result<RecordView, ChangeRefusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  return withActor(ctx, async (tx) => {
    const locked = await lockRecord(tx, ctx, input, ["signed", "amended"]);
    if (!locked.ok) return locked;
    const row = locked.value;
    if (input.kind && input.kind !== row.kind) return invalid("kind", "cannot be changed");
    const visit = await visitOf(tx, row.patientId, input.appointmentId);
    if (!visit.ok) return visit;
    const before = await contentOf(row);
    const content = {
      title: input.title ?? before.title,
      body: input.body ?? before.body,
      coding: input.coding === undefined ? before.coding : input.coding,
      reason: input.reason || null,
    };
    const { id, patientId, revision } = row;
    const doctorId = writerOf(ctx) ?? row.doctorId;
    await addVersion(tx, { recordId: id, patientId, number: revision + 1, doctorId, content, signedAt: ctx.now });
    await tx.pg`update medical_records set status = 'amended', current_version = ${revision + 1}, is_warning = ${input.isWarning ?? row.isWarning},
        appointment_id = ${input.appointmentId === undefined ? row.appointmentId : (visit.value?.id ?? null)},
        occurred_at = ${input.occurredAt ? new Date(input.occurredAt) : row.occurredAt}, version = version + 1, updated_at = ${ctx.now}
      where id = ${id}`;
    return ok(await writtenRecord(tx, ctx, id));
  });
}
