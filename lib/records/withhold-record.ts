import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { writingRefusal } from "./access";
import type { RecordReasonInput } from "./schemas";
import { sealReason } from "./seal-reason";
import type { RecordView } from "./views";
import { type ChangeRefusal, lockRecord, writtenRecord } from "./write-record";

/** Keeps it from the patient, or takes it back, with a reason that doctors read. */
export async function withholdRecord(
  ctx: Context,
  input: RecordReasonInput,
): Promise<Result<RecordView, ChangeRefusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  return withActor(ctx, async (tx) => {
    const locked = await lockRecord(tx, ctx, input, ["signed", "amended"]);
    if (!locked.ok) return locked;
    const { id } = locked.value;
    await sealReason(tx, locked.value, "withheld_reason_sealed", input.reason);
    await tx.pg`update medical_records set release = 'withheld', released_at = null, version = version + 1, updated_at = ${ctx.now} where id = ${id}`;
    return ok(await writtenRecord(tx, ctx, id));
  });
}
