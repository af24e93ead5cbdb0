import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { attachmentStorage } from "@/lib/platform/storage";
import { writingRefusal } from "./access";
import type { RecordIdInput } from "./schemas";
import { type ChangeRefusal, lockRecord } from "./write-record";

/** Throws a draft away with its files. By its author. */
export async function discardDraft(ctx: Context, input: RecordIdInput): Promise<Result<undefined, ChangeRefusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  const discarded = await withActor(ctx, async (tx) => {
    const locked = await lockRecord(tx, ctx, input, ["draft"]);
    if (!locked.ok) return locked;
    const files = await tx.pg<
      { name: string }[]
    >`delete from record_attachments where record_id = ${input.id} returning storage_name as name`;
    await tx.pg`delete from medical_records where id = ${input.id}`;
    return ok(files.map(({ name }) => name));
  });
  if (!discarded.ok) return discarded;
  // After the commit: a file too many is litter, a file too few is a loss.
  await Promise.all(discarded.value.map((name) => attachmentStorage().remove(name)));
  return ok();
}
