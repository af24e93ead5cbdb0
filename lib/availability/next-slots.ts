import { DAY } from "@/lib/domain/interval";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { firstPerDoctor, type Slot } from "@/lib/domain/slots";
import type { Context } from "@/lib/platform/context";
import { findFreeSlots } from "./find-free-slots";
import { secondsOf } from "./read-availability";
import type { NextSlotsInput } from "./schemas";
import { slotView } from "./slot-views";
import type { SlotView } from "./views";

/** Most doctors have something within two weeks; only the others are looked for further ahead. */
const FIRST_LOOK_DAYS = 14;
const NEXT_LOOK_DAYS = 62;

/** The first free time of each doctor who has one within the service's horizon, in order of start. */
export async function nextSlots(
  ctx: Context,
  { serviceId, doctorId, locationId }: NextSlotsInput,
): Promise<Result<{ items: SlotView[]; nextCursor: null }, "not_found">> {
  const now = secondsOf(ctx.now);
  const slots: Slot[] = [];
  let zones: ReadonlyMap<string, string> = new Map();
  let missing = doctorId === undefined ? undefined : [doctorId];
  let ahead = 0;
  for (let horizon = 1; ahead <= horizon && missing?.length !== 0; ) {
    const look = ahead === 0 ? FIRST_LOOK_DAYS : NEXT_LOOK_DAYS;
    const asked = { start: now + ahead * DAY, end: now + (ahead + look) * DAY };
    const found = await findFreeSlots(ctx, { serviceId, doctorIds: missing, locationId, asked });
    if (!found) return refuse("not_found", { errors: [{ path: "serviceId", message: "was not found" }] });
    zones = found.zones;
    horizon = found.horizonDays;
    const first = firstPerDoctor(found.columns, found.shape);
    slots.push(...first);
    const seen = new Set(first.map((slot) => slot.doctorId));
    missing = found.doctorIds.filter((id) => !seen.has(id));
    ahead += look;
  }
  // Later looks reach further ahead, so the list is in order of start already.
  return ok({ items: slots.map((slot) => slotView(slot, zones)), nextCursor: null });
}
