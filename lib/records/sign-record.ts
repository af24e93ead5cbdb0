import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/refusals";
import { writingRefusal } from "./access";
import { contentOf } from "./record-row";
import type { RecordIdInput } from "./schemas";
import type { RecordView } from "./views";
import { type ChangeRefusal, lockRecord, writtenRecord } from "./write-record";

/** Signs a draft: from now on it is only ever amended. By its author. */
export async function signRecord(ctx: Context, input: RecordIdInput): Promise<Result<RecordView, ChangeRefusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  return withActor(ctx, async (tx) => {
    const locked = await lockRecord(tx, ctx, input, ["draft"]);
    if (!locked.ok) return locked;
    const { id, versionId } = locked.value;
    const { title } = await contentOf(locked.value);
    if (!title) return invalid("title", "must not be empty");
    await tx.pg`update record_versions set signed_at = ${ctx.now} where id = ${versionId}`;
    await tx.pg`update medical_records set status = 'signed', signed_at = ${ctx.now}, version = version + 1, updated_at = ${ctx.now} where id = ${id}`;
    return ok(await writtenRecord(tx, ctx, id));
  });
}
