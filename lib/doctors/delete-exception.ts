import { and, eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { scheduleExceptions } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import type { DeleteExceptionInput } from "./schemas";

/** Takes leave or extra hours back. By the doctor, reception and admins. */
export async function deleteException(
  ctx: Context,
  input: DeleteExceptionInput,
): Promise<Result<undefined, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "calendar.keep", { doctorId: input.doctorId })) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const gone = await tx.db
      .delete(scheduleExceptions)
      .where(and(eq(scheduleExceptions.id, input.id), eq(scheduleExceptions.doctorId, input.doctorId)))
      .returning({ id: scheduleExceptions.id });
    return gone.length === 0 ? refuse("not_found") : ok();
  });
}
