import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { writingRefusal } from "./access";
import type { RecordIdInput } from "./schemas";
import type { RecordView } from "./views";
import { type ChangeRefusal, lockRecord, writtenRecord } from "./write-record";

/** Lets the patient, and who reads for them, read it. By a doctor with access; again, it changes nothing. */
export async function releaseRecord(ctx: Context, input: RecordIdInput): Promise<Result<RecordView, ChangeRefusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  return withActor(ctx, async (tx) => {
    const locked = await lockRecord(tx, ctx, input, ["signed", "amended"]);
    if (!locked.ok) return locked;
    const { id, release } = locked.value;
    if (release !== "released")
      await tx.pg`update medical_records set release = 'released', released_at = ${ctx.now}, withheld_reason_sealed = null,
        version = version + 1, updated_at = ${ctx.now} where id = ${id}`;
    return ok(await writtenRecord(tx, ctx, id));
  });
}
