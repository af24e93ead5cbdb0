import { withActor } from "@/db/client";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { normaliseReference } from "./reference";
import { type AppointmentView, appointmentView, type DetailsRow, type VisitView } from "./views";
import { visible } from "./visible";
import { type VisitRow, visitRows, visitView } from "./visit-view";

type ReadRefusal = "unauthenticated" | "not_found";

/** One visit in the contract's shape; foreign and nonexistent answer alike. */
export async function getAppointment(
  ctx: Context,
  { id }: { id: string },
): Promise<Result<AppointmentView, ReadRefusal>> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  return withActor(ctx, async ({ pg }) => {
    const [row] = await pg<
      DetailsRow[]
    >`select v.* from appointment_details v where v.id = ${id} and ${visible(pg, ctx)}`;
    return row ? { ok: true as const, value: appointmentView(row, ctx.actor) } : refuse("not_found");
  });
}

/** One visit with all that its page shows, by id or by the reference that somebody reads out. */
export async function getVisit(
  ctx: Context,
  by: { id: string } | { reference: string },
): Promise<Result<VisitView, ReadRefusal>> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  const reference = "reference" in by ? normaliseReference(by.reference) : null;
  if ("reference" in by && !reference) return refuse("not_found");
  return withActor(ctx, async ({ pg }) => {
    const which = "id" in by ? pg`v.id = ${by.id}` : pg`v.reference = ${reference}`;
    const [row] = await pg<VisitRow[]>`${visitRows(pg)} where ${which} and ${visible(pg, ctx)}`;
    return row ? { ok: true as const, value: visitView(row, ctx) } : refuse("not_found");
  });
}
