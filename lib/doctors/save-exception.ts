import type { z } from "zod";
import { dayNumber, secondsOfTime } from "@/lib/domain/calendar";
import { type Result, refuse } from "@/lib/domain/result";
import { type Boundary, instantOf } from "@/lib/domain/zone";
import type { Context } from "@/lib/platform/context";
import { createException } from "./create-exception";
import { doctorPlaces } from "./doctor-places";
import type { exceptionForm } from "./schedule-forms";
import type { CreatedException } from "./views";

/**
 * Enters leave or extra hours as a form says it: dates with or without times, whole days where there are none. The clock is the place's,
 * or that of the doctor's main place where leave is from all of them.
 */
export async function saveException(
  ctx: Context,
  form: z.output<typeof exceptionForm>,
): Promise<Result<CreatedException>> {
  const { doctorId, kind, locationId = null, reason } = form;
  const places = await doctorPlaces(ctx, { doctorId });
  if (!places.ok) return places;
  const place = locationId ? places.value.find(({ id }) => id === locationId) : places.value[0];
  if (!place)
    return refuse("validation_failed", { errors: [{ path: "locationId", message: "is not a place of this doctor" }] });

  const at = (date: string, time: string, boundary: Boundary) =>
    new Date(instantOf(place.timeZone, dayNumber(date), secondsOfTime(time), boundary) * 1_000).toISOString();
  const from = at(form.fromDate, form.fromTime ?? "00:00", "opens");
  const to = at(form.toDate, form.toTime ?? "24:00", "closes");
  const result = await createException(ctx, { doctorId, kind, locationId, from, to, reason });
  if (result.ok || !result.errors) return result;
  const named: Record<string, string> = { from: "fromDate", to: "toDate" };
  return { ...result, errors: result.errors.map(({ path, message }) => ({ path: named[path] ?? path, message })) };
}
