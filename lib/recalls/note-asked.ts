import type { z } from "zod";
import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { settleRecall } from "./due";
import type { noteAskedInput } from "./schemas";

/** Somebody has been asked on the telephone: they are not asked again until the recall's months have gone by. */
export async function noteAsked(
  ctx: Context,
  { recallId, patientId }: z.infer<typeof noteAskedInput>,
): Promise<Result<undefined, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "recall.table")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const count = await settleRecall(tx, { recallId, patientId }, { askFrom: null, askedAt: ctx.now });
    return count > 0 ? ok() : refuse("not_found");
  });
}
