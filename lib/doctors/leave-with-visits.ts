import { withActor } from "@/db/client";
import type { AppointmentView } from "@/lib/appointments/views";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { affectedAppointments } from "./affected-appointments";
import { exceptionOf, exceptionsBetween } from "./queries";
import type { CreatedException } from "./views";

const YEARS_AHEAD_MS = 3 * 366 * 86_400_000;

/** Leave and extra hours that are not over, each leave with the visits that still fall into it; to the doctor, reception and admins. */
export async function leaveWithVisits(
  ctx: Context,
  { doctorId }: { doctorId: string },
): Promise<Result<CreatedException[], "forbidden">> {
  if (!may(ctx.actor, "calendar.keep", { doctorId })) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const to = new Date(ctx.now.getTime() + YEARS_AHEAD_MS);
    const rows = await exceptionsBetween(tx, { doctorId, from: ctx.now, to });
    const items: CreatedException[] = [];
    for (const row of rows) {
      const visits: AppointmentView[] =
        row.kind === "leave"
          ? await affectedAppointments(tx, ctx.actor, {
              doctorId,
              locationId: row.locationId,
              from: row.from,
              to: row.to,
            })
          : [];
      items.push({ ...exceptionOf(row), affectedAppointments: visits });
    }
    return ok(items);
  });
}
