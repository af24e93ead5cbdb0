import { withActor } from "@/db/client";
import { secondsOfTime } from "@/lib/domain/calendar";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { readSchedule } from "./queries";

/** Somewhere a doctor sees patients. */
export type DoctorPlace = { id: string; name: string; timeZone: string };

/** A doctor's places, the one with the most weekly hours first; to staff. */
export async function doctorPlaces(
  ctx: Context,
  { doctorId }: { doctorId: string },
): Promise<Result<DoctorPlace[], "forbidden" | "not_found">> {
  if (!may(ctx.actor, "calendar.hours")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const [schedule, places] = await Promise.all([
      readSchedule(tx, doctorId),
      tx.pg<DoctorPlace[]>`
        select l.id, l.name, l.time_zone as "timeZone" from locations l join doctor_locations d on d.location_id = l.id
        where d.doctor_id = ${doctorId} order by l.name, l.id`,
    ]);
    if (!schedule) return refuse("not_found");
    const seconds = new Map<string, number>();
    for (const { locationId, start, end } of schedule.rules)
      seconds.set(locationId, (seconds.get(locationId) ?? 0) + secondsOfTime(end) - secondsOfTime(start));
    return ok([...places].sort((a, b) => (seconds.get(b.id) ?? 0) - (seconds.get(a.id) ?? 0)));
  });
}
