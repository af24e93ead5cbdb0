import "server-only";
import type { TimesView } from "@/components/find/query";
import { countSlots } from "@/lib/availability/count-slots";
import { nextSlots } from "@/lib/availability/next-slots";
import { searchSlots } from "@/lib/availability/search-slots";
import type { SlotView } from "@/lib/availability/views";
import { listLocations } from "@/lib/clinic/queries";
import type { ServiceView } from "@/lib/clinic/views";
import { listDoctors } from "@/lib/doctors/queries";
import { addDays } from "@/lib/domain/calendar";
import { localDate } from "@/lib/domain/zone";
import { zoneName } from "@/lib/format/dates";
import type { Context } from "@/lib/platform/context";

const STRIP_DAYS = 7;
const MANY = 1_000;

export type Wish = { doctorId?: string; locationId?: string; from?: string; day?: string };
type Named = { id: string; name: string };
export type Offer = {
  places: (Named & { timeZone: string; address: string | null })[];
  doctors: (Named & { locationIds: string[] })[];
};

/** Where the service is offered and by whom, for the filters and for the names on the times. */
export async function readOffer(ctx: Context, serviceId: string, locationId?: string): Promise<Offer> {
  const [places, doctors] = await Promise.all([
    listLocations(ctx, { state: "active", serviceId, limit: MANY }),
    listDoctors(ctx, { state: "active", serviceId, ...(locationId ? { locationId } : {}), limit: MANY }),
  ]);
  return { places: places.ok ? places.value.items : [], doctors: doctors.ok ? doctors.value.items : [] };
}

/**
 * A week of days with their counts, and the times of one day. Without a wish for a week it begins where the first free time is, so that a
 * visitor never meets an empty one.
 */
export async function readTimes(
  ctx: Context,
  service: Pick<ServiceView, "id" | "horizonDays">,
  offer: Offer,
  wish: Wish,
  locale: string,
): Promise<TimesView> {
  const what = {
    serviceId: service.id,
    ...(wish.doctorId ? { doctorId: wish.doctorId } : {}),
    ...(wish.locationId ? { locationId: wish.locationId } : {}),
  };
  const { first, last } = bounds(ctx.now, service.horizonDays, offer, wish);
  const clamp = (date: string) => (date < first ? first : date > last ? last : date);
  const asked = wish.from ?? wish.day;
  let from = clamp(asked ?? first);
  let days = await count(ctx, what, from);
  let next: string | null = null;
  if (days.every(({ count: free }) => free === 0)) {
    next = await nextDate(ctx, what, from);
    if (next && !asked) {
      from = clamp(next);
      days = await count(ctx, what, from);
      next = null;
    }
  }
  const wanted = days.find(({ date }) => date === wish.day) ?? days.find(({ count: free }) => free > 0);
  const found = wanted && (await searchSlots(ctx, { ...what, from: wanted.date, to: wanted.date, limit: MANY }));
  const slots = found?.ok ? found.value.items : [];
  return {
    days,
    day: wanted?.date ?? null,
    slots: named(slots, offer),
    earlier: from > first ? clamp(addDays(from, -STRIP_DAYS)) : null,
    later: addDays(from, STRIP_DAYS) <= last ? addDays(from, STRIP_DAYS) : null,
    next,
    zones: Object.fromEntries(zonesOf(offer, wish).map((zone) => [zone, zoneName(zone, ctx.now, locale)])),
  };
}

/** Of the places where the wished-for doctor and place can be; the clinic's others have a today of their own. */
const zonesOf = ({ places, doctors }: Offer, { doctorId, locationId }: Wish) => {
  const doctor = doctors.find(({ id }) => id === doctorId);
  const here = places
    .filter(({ id }) => (!locationId || id === locationId) && (!doctor || doctor.locationIds.includes(id)))
    .map(({ timeZone }) => timeZone);
  return here.length > 0 ? [...new Set(here)] : ["UTC"];
};

/** First and last date, at whichever place they come first and last. */
function bounds(now: Date, horizonDays: number, offer: Offer, wish: Wish) {
  const seconds = now.getTime() / 1_000;
  const today = zonesOf(offer, wish)
    .map((zone) => localDate(seconds, zone))
    .sort();
  return { first: today[0] as string, last: addDays(today.at(-1) as string, horizonDays) };
}

type What = { serviceId: string; doctorId?: string; locationId?: string };

async function count(ctx: Context, what: What, from: string) {
  const counted = await countSlots(ctx, { ...what, from, to: addDays(from, STRIP_DAYS - 1) });
  return counted.ok ? counted.value : [];
}

async function nextDate(ctx: Context, what: What, after: string): Promise<string | null> {
  const found = await nextSlots(ctx, what);
  const dates = (found.ok ? found.value.items : []).map(dateOfSlot).sort();
  // The first free time of a doctor may lie before the asked week; it is still the next one to offer.
  return dates.find((date) => date >= after) ?? dates[0] ?? null;
}

export const dateOfSlot = ({ start, timeZone }: SlotView) => localDate(Date.parse(start) / 1_000, timeZone);

/** Times with the names of doctor and place; one whose doctor left this very moment is left out. */
export function named(slots: readonly SlotView[], { places, doctors }: Offer) {
  const name = (list: Named[]) => new Map(list.map((item) => [item.id, item]));
  const [byPlace, byDoctor] = [name(places), name(doctors)];
  return slots.flatMap(({ doctorId, locationId, ...slot }) => {
    const [doctor, location] = [byDoctor.get(doctorId), byPlace.get(locationId)];
    if (!doctor || !location) return [];
    return [
      { ...slot, doctor: { id: doctor.id, name: doctor.name }, location: { id: location.id, name: location.name } },
    ];
  });
}
