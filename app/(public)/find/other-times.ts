import "server-only";
import { slotToken } from "@/components/find/query";
import type { SlotView } from "@/lib/availability/views";
import { formatDay, formatTime } from "@/lib/format/dates";
import type { Context } from "@/lib/platform/context";
import { named, readOffer } from "./read-times";

/** Another time as a choice in a form. */
export type OtherTime = { token: string; when: string; who: string };

export async function otherTimes(
  ctx: Context,
  serviceId: string,
  slots: readonly SlotView[],
  locale: string,
): Promise<OtherTime[]> {
  if (slots.length === 0) return [];
  return named(slots, await readOffer(ctx, serviceId)).map((slot) => ({
    token: slotToken(slot),
    when: `${formatDay(slot.start, slot.timeZone, locale)}, ${formatTime(slot.start, slot.timeZone, locale)}`,
    who: `${slot.doctor.name}, ${slot.location.name}`,
  }));
}
