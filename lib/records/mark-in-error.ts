import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { writingRefusal } from "./access";
import type { RecordReasonInput } from "./schemas";
import { sealReason } from "./seal-reason";
import type { RecordView } from "./views";
import { type ChangeRefusal, lockRecord, writtenRecord } from "./write-record";

/** Strikes out what should never have been written (another patient's result): kept for doctors, gone for the patient, never undone. */
export async function markInError(ctx: Context, input: RecordReasonInput): Promise<Result<RecordView, ChangeRefusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  return withActor(ctx, async (tx) => {
    const locked = await lockRecord(tx, ctx, input, ["signed", "amended"]);
    if (!locked.ok) return locked;
    const { id } = locked.value;
    await sealReason(tx, locked.value, "error_reason_sealed", input.reason);
    await tx.pg`update medical_records set status = 'entered_in_error', version = version + 1, updated_at = ${ctx.now} where id = ${id}`;
    return ok(await writtenRecord(tx, ctx, id));
  });
}
