import type { Db } from "@/db/client";
import { findFreeSlots } from "@/lib/availability/find-free-slots";
import { slotViews } from "@/lib/availability/slot-views";
import type { SlotView } from "@/lib/availability/views";
import { DAY } from "@/lib/domain/interval";
import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { getVisit } from "./get-appointment";

type Wanted = { serviceId: string; doctorId: string; start: Date };

/** As many other times as fit into one sentence. */
const COUNT = 3;
const DAYS_BEFORE = 3;
const DAYS_AFTER = 14;

/**
 * Adds to a `slot_unavailable` up to three free times of the same doctor next to the wanted one (`data.nearest`, in order of start). For faces that
 * show them: the verbs answer without, so that losing a time that many want costs no search.
 */
export async function offerNearest<T, Code extends string>(
  ctx: Context,
  wanted: Wanted,
  result: Result<T, Code>,
): Promise<Result<T, Code>> {
  if (result.ok || result.code !== "slot_unavailable") return result;
  return { ...result, data: { ...result.data, nearest: await nearestSlots(ctx, wanted) } };
}

/** The same for a visit that could not be moved. */
export async function offerNearestToMove<T, Code extends string>(
  ctx: Context,
  { id, doctorId, start }: { id: string; doctorId?: string | undefined; start: Date },
  result: Result<T, Code>,
): Promise<Result<T, Code>> {
  if (result.ok || result.code !== "slot_unavailable") return result;
  const visit = await getVisit(ctx, { id });
  if (!visit.ok) return result;
  const { service, doctor } = visit.value;
  return offerNearest(ctx, { serviceId: service.id, doctorId: doctorId ?? doctor.id, start }, result);
}

const asking = new WeakMap<Db, Map<string, Promise<SlotView[]>>>();

/** Those who lose the same slot at the same moment share one search. */
function nearestSlots(ctx: Context, wanted: Wanted): Promise<SlotView[]> {
  const key = `${wanted.serviceId} ${wanted.doctorId} ${wanted.start.getTime()} ${Math.floor(ctx.now.getTime() / 1_000)}`;
  const running = asking.get(ctx.db) ?? new Map<string, Promise<SlotView[]>>();
  asking.set(ctx.db, running);
  const shared = running.get(key);
  if (shared) return shared;
  const search = searchAround(ctx, wanted).finally(() => running.delete(key));
  running.set(key, search);
  return search;
}

async function searchAround(ctx: Context, { serviceId, doctorId, start }: Wanted): Promise<SlotView[]> {
  const at = Math.floor(start.getTime() / 1_000);
  const asked = { start: at - DAYS_BEFORE * DAY, end: at + DAYS_AFTER * DAY };
  const found = await findFreeSlots(ctx, { serviceId, doctorIds: [doctorId], asked });
  if (!found) return [];
  const distance = (slot: SlotView) => Math.abs(Date.parse(slot.start) - start.getTime());
  return slotViews(found)
    .filter((slot) => distance(slot) > 0)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, COUNT)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}
