import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { accessTo } from "./access";
import type { Access } from "./views";

/**
 * What lets the caller to a patient's records, null where nothing does (a doctor may then break the glass), and how many there are: all that
 * reception is told.
 */
export async function recordAccess(
  ctx: Context,
  { patientId }: { patientId: string },
): Promise<Result<{ access: Access | null; records: number | null }, "forbidden">> {
  if (ctx.actor.kind === "anonymous") return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const access = await accessTo(tx, ctx, patientId);
    if (!may(ctx.actor, "record.count")) return ok({ access, records: null });
    const [row] = await tx.pg<{ records: number | null }[]>`select record_count(${patientId}) as records`;
    return ok({ access, records: row?.records ?? null });
  });
}
