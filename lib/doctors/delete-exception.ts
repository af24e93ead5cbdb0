import { and, eq, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { scheduleExceptions } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { may } from "@/lib/platform/permissions";
import type { DeleteExceptionInput } from "./schemas";

const lower = sql<Date | string>`lower(${scheduleExceptions.during})`;
const upper = sql<Date | string>`upper(${scheduleExceptions.during})`;
const isoSpan = (from: Date | string, to: Date | string) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

/** Takes leave or extra hours back; what was leave is offered to those who wait. By the doctor, reception and admins. */
export async function deleteException(
  ctx: Context,
  input: DeleteExceptionInput,
): Promise<Result<undefined, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "calendar.keep", { doctorId: input.doctorId })) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const gone = await tx.db
      .delete(scheduleExceptions)
      .where(and(eq(scheduleExceptions.id, input.id), eq(scheduleExceptions.doctorId, input.doctorId)))
      .returning({ kind: scheduleExceptions.kind, from: lower, to: upper });
    const [exception] = gone;
    if (!exception) return refuse("not_found");
    const { kind, from, to } = exception;
    if (kind === "leave")
      await enqueue(tx, { topic: "time.freed", payload: { doctorId: input.doctorId, ...isoSpan(from, to) } });
    return ok();
  });
}
