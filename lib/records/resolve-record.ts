import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { writingRefusal } from "./access";
import type { RecordIdInput } from "./schemas";
import type { RecordView } from "./views";
import { type ChangeRefusal, lockRecord, writtenRecord } from "./write-record";

/** Ends a problem, an allergy or a medication, or takes that back: it leaves the summary, not the timeline. */
export async function resolveRecord(
  ctx: Context,
  input: RecordIdInput & { resolved: boolean },
): Promise<Result<RecordView, ChangeRefusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  return withActor(ctx, async (tx) => {
    const locked = await lockRecord(tx, ctx, input, ["signed", "amended"]);
    if (!locked.ok) return locked;
    const { id, resolvedAt } = locked.value;
    if ((resolvedAt !== null) !== input.resolved)
      await tx.pg`update medical_records set resolved_at = ${input.resolved ? ctx.now : null}, version = version + 1, updated_at = ${ctx.now} where id = ${id}`;
    return ok(await writtenRecord(tx, ctx, id));
  });
}
