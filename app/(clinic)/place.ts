import { cookies } from "next/headers";
import { placeAtWork } from "@/lib/appointments/place-at-work";
import type { LocationView } from "@/lib/clinic/views";
import type { Context } from "@/lib/platform/context";

/** The value that asks for every place. */
export const ALL_PLACES = "all";

/**
 * The place that staff look at: asked for by the address, else chosen last (components/clinic/remember-place.tsx), else where people
 * are expected now, else the first. Undefined for all.
 */
export async function placeOf(
  ctx: Context,
  asked: string | undefined,
  locations: readonly LocationView[],
): Promise<LocationView | undefined> {
  const chosen = asked ?? (await cookies()).get("place")?.value;
  if (chosen === ALL_PLACES) return undefined;
  const known = (wanted: string | null | undefined) => locations.find(({ id }) => id === wanted);
  return known(chosen) ?? known(await placeAtWork(ctx)) ?? locations[0];
}

/** The clock that says which day it is: the place's; for all of them, that of where people are expected now. */
export async function clockOf(
  ctx: Context,
  place: LocationView | undefined,
  locations: readonly LocationView[],
): Promise<string> {
  if (place) return place.timeZone;
  const busiest = await placeAtWork(ctx);
  return (locations.find(({ id }) => id === busiest) ?? locations[0])?.timeZone ?? "UTC";
}
