import { type Slot, slotsOf } from "@/lib/domain/slots";
import type { FreeSlots } from "./find-free-slots";
import type { SlotView } from "./views";

const iso = (seconds: number) => new Date(seconds * 1_000).toISOString();

export const slotView = ({ start, end, doctorId, locationId }: Slot, zones: ReadonlyMap<string, string>): SlotView => ({
  start: iso(start),
  end: iso(end),
  doctorId,
  locationId,
  timeZone: zones.get(locationId) as string,
});

export const slotViews = ({ columns, shape, zones }: FreeSlots): SlotView[] =>
  slotsOf(columns, shape).map((slot) => slotView(slot, zones));
