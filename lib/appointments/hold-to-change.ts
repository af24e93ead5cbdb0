import type { Tx } from "@/db/client";
import { type Refused, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type ChangeRefusal, type VisitForChange, visitToChange } from "./change-visit";

/** Locks a live hold that the caller may end or extend; one that has run out is as good as gone. */
export async function holdToChange(
  tx: Tx,
  ctx: Context,
  id: string,
): Promise<{ ok: true; value: VisitForChange } | Refused<ChangeRefusal>> {
  const locked = await visitToChange(tx, ctx, { id }, "visit.move");
  if (!locked.ok) return locked;
  const { status, holdExpiresAt } = locked.value;
  if (status !== "held" || !holdExpiresAt || holdExpiresAt <= ctx.now) return refuse("not_found");
  return locked;
}
