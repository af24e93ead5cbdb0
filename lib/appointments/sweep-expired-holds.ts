import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";

const BATCH = 500;

/** A job: removes holds that have run out, so that search reads their doctors' busy cells as free again. Answers with how many. */
export async function sweepExpiredHolds(ctx: Context): Promise<Result<number, "forbidden">> {
  if (!may(ctx.actor, "visit.sweep")) return refuse("forbidden");
  let removed = 0;
  for (;;) {
    // A hold that is being booked at this moment is locked, and is left to its booking.
    const gone = await withActor(
      ctx,
      async ({ pg }) =>
        (
          await pg`
        delete from appointments where id in (
          select id from appointments where status = 'held' and hold_expires_at <= ${ctx.now}
          order by doctor_id, starts_at limit ${BATCH} for update skip locked)`
        ).count,
    );
    removed += gone;
    if (gone < BATCH) return ok(removed);
  }
}
