import { datesBetween } from "@/lib/domain/calendar";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { localDate } from "@/lib/domain/zone";
import type { Context } from "@/lib/platform/context";
import { readAsked } from "./asked";
import { findFreeSlots } from "./find-free-slots";
import type { CountSlotsInput } from "./schemas";
import type { DayCount } from "./views";

/** How many times are free on each date, by the clock of the place where the visit would be; dates with none included. */
export async function countSlots(
  ctx: Context,
  { serviceId, doctorId, locationId, from, to }: CountSlotsInput,
): Promise<Result<DayCount[], "validation_failed" | "not_found">> {
  const asked = readAsked(from, to);
  if (!asked.ok) return asked;
  const found = await findFreeSlots(ctx, {
    serviceId,
    doctorIds: doctorId === undefined ? undefined : [doctorId],
    locationId,
    asked: asked.value,
  });
  if (!found) return refuse("not_found", { errors: [{ path: "serviceId", message: "was not found" }] });

  const { columns, zones } = found;
  const placeZones = columns.locationIds.map((id) => zones.get(id) as string);
  const counts = new Map(datesBetween(from, to).map((date) => [date, 0]));
  for (let index = 0; index < columns.count; index++) {
    const zone = placeZones[columns.location[index] as number] as string;
    const date = localDate(columns.start[index] as number, zone);
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return ok([...counts].map(([date, count]) => ({ date, count })));
}
