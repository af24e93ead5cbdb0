import { countSlots } from "@/lib/availability/count-slots";
import { explainSlot } from "@/lib/availability/explain-slot";
import { nextSlots } from "@/lib/availability/next-slots";
import { searchSlots } from "@/lib/availability/search-slots";
import type { SlotView } from "@/lib/availability/views";
import { addDays, dayNumber, isDate, secondsOfTime } from "@/lib/domain/calendar";
import { OVERRIDABLE_REASONS, type SlotReason } from "@/lib/domain/judge-slot";
import { instantOf, localDate } from "@/lib/domain/zone";
import type { Context } from "@/lib/platform/context";

export type Wanted = { serviceId: string; doctorId?: string | undefined; locationId?: string | undefined };
export type Times = {
  days: { date: string; count: number }[];
  /** The day whose times are shown; null where these days have none. */
  day: string | null;
  slots: SlotView[];
  earlier: string | null;
  later: string;
  /** Where these days have none: the date of the next free time. */
  next: string | null;
};

const STRIP_DAYS = 14;
const MOST_SLOTS = 1_000;

/** Two weeks of days with their counts, and the times of one day; `today` is the date where the visit would be. */
export async function pickTimes(
  ctx: Context,
  wanted: Wanted,
  { from, day, today }: { from?: string | undefined; day?: string | undefined; today: string },
): Promise<Times> {
  const first = from && from > today ? from : today;
  const counted = await countSlots(ctx, { ...wanted, from: first, to: addDays(first, STRIP_DAYS - 1) });
  const days = counted.ok ? counted.value : [];
  const free = days.filter(({ count }) => count > 0);
  const shown = days.find(({ date }) => date === day)?.date ?? free[0]?.date ?? null;
  const [found, next] = await Promise.all([
    shown ? searchSlots(ctx, { ...wanted, from: shown, to: shown, limit: MOST_SLOTS }) : null,
    shown ? null : nextSlots(ctx, wanted),
  ]);
  const ahead = next?.ok ? next.value.items[0] : undefined;
  const back = addDays(first, -STRIP_DAYS);
  return {
    days,
    day: shown,
    slots: found?.ok ? found.value.items : [],
    earlier: first > today ? (back > today ? back : today) : null,
    later: addDays(first, STRIP_DAYS),
    next: ahead ? localDate(Date.parse(ahead.start) / 1_000, ahead.timeZone) : null,
  };
}

export type Explained = {
  start: string;
  doctorId: string;
  locationId: string;
  offered: boolean;
  reasons: SlotReason[];
  mayOverride: boolean;
};

/** Why a wall time at a place is not offered; "bad_time" where it is none. */
export async function explainTime(
  ctx: Context,
  {
    serviceId,
    doctorId,
    place,
    date,
    time,
  }: {
    serviceId: string;
    doctorId: string;
    place: { id: string; timeZone: string };
    date: string;
    time: string;
  },
): Promise<Explained | "bad_time"> {
  const [hours = "", minutes = ""] = time.split(/[:.]/);
  const seconds = secondsOfTime(`${hours.padStart(2, "0")}:${minutes}`);
  if (!isDate(date) || Number.isNaN(seconds)) return "bad_time";
  const start = new Date(instantOf(place.timeZone, dayNumber(date), seconds, "opens") * 1_000).toISOString();
  const found = await explainSlot(ctx, { serviceId, doctorId, locationId: place.id, start });
  if (!found.ok) return "bad_time";
  const { offered, reasons } = found.value;
  const mayOverride = !offered && reasons.every((reason) => OVERRIDABLE_REASONS.includes(reason));
  return { start, doctorId, locationId: place.id, offered, reasons, mayOverride };
}
