import { cookies } from "next/headers";
import type { LocationView } from "@/lib/clinic/views";

/** The value that asks for every place. */
export const ALL_PLACES = "all";

/** The place that staff look at: asked for by the address, else chosen last (components/clinic/remember-place.tsx), else the first. Undefined for all. */
export async function placeOf(
  asked: string | undefined,
  locations: readonly LocationView[],
): Promise<LocationView | undefined> {
  const chosen = asked ?? (await cookies()).get("place")?.value;
  return chosen === ALL_PLACES ? undefined : (locations.find(({ id }) => id === chosen) ?? locations[0]);
}
