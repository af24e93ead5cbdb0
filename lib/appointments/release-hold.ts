import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import type { ChangeRefusal } from "./change-visit";
import { holdToChange } from "./hold-to-change";
import type { HoldIdInput } from "./schemas";

/** Lets a held time go. The row goes with it: it never was a visit, and the audit log remembers it. */
export function releaseHold(ctx: Context, { id }: HoldIdInput): Promise<Result<undefined, ChangeRefusal>> {
  return withActor(ctx, async (tx) => {
    const found = await holdToChange(tx, ctx, id);
    if (!found.ok) return found;
    await tx.pg`delete from appointments where id = ${id} and status = 'held'`;
    return ok();
  });
}
