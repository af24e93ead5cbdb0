import { type Interval, intersect, union } from "./interval";
import {
  type DoctorDays,
  type Lanes,
  lanesOf,
  type SlotColumns,
  type SlotQuery,
  SlotSink,
  startsAt,
  type VisitShape,
} from "./slots";

/** The starts at which a visit's busy range would meet one of these busy ranges, sorted and disjoint. */
const blockedStarts = (busy: readonly Interval[], { visit, before, after }: VisitShape): Interval[] =>
  union(
    busy
      .filter(({ start, end }) => start < end)
      // [s - before, s + visit + after) meets [a, b) for s from a - visit - after + 1 to b + before - 1.
      .map(({ start, end }) => ({ start: start - visit - after + 1, end: end + before })),
  );

const ALWAYS: readonly Interval[] = [{ start: -Infinity, end: Infinity }];

/** The starts at which no single room of the location is free for the whole busy range. */
export function roomlessStarts(query: Pick<SlotQuery, "rooms" | "shape">, locationId: string): readonly Interval[] {
  if (!query.rooms) return [];
  const rooms = query.rooms.get(locationId) ?? [];
  return rooms
    .map((busy) => blockedStarts(busy, query.shape))
    .reduce<readonly Interval[]>((blocked, room) => intersect(blocked, room), ALWAYS);
}

/**
 * Free slots from busy ranges to the second, whatever the alignment. Doctors must come in the order of their ids.
 * O(windows * starts + busy log busy) for each doctor.
 */
export function exactSlots(query: SlotQuery, doctors: readonly DoctorDays[]): SlotColumns {
  const lanes = lanesOf(query, doctors);
  const keys = collectKeys(query, doctors, lanes);
  const sink = new SlotSink(query.limit);
  const width = lanes.doctorIds.length * lanes.locationIds.length;
  for (const key of keys) {
    if (sink.isFull) break;
    const lane = key % width;
    const doctor = Math.floor(lane / lanes.locationIds.length);
    sink.push(lanes.from + Math.floor(key / width), doctor, lane % lanes.locationIds.length);
  }
  return sink.columns(lanes);
}

/** Each slot as one number that sorts by (start, doctor, location). */
function collectKeys(query: SlotQuery, doctors: readonly DoctorDays[], lanes: Lanes): Float64Array {
  const { shape } = query;
  const places = lanes.locationIds.length;
  const width = lanes.doctorIds.length * places;
  const roomless = lanes.locationIds.map((id) => roomlessStarts(query, id));
  const placeOf = new Map(lanes.locationIds.map((id, index) => [id, index]));
  const keys: number[] = [];

  doctors.forEach(({ windows, busy }, doctor) => {
    const taken = blockedStarts(busy, shape);
    const blocked = query.rooms ? roomless.map((starts) => union([...taken, ...starts])) : null;
    for (const window of windows) {
      const { first, last } = startsAt(query, lanes, window.locationId);
      const place = placeOf.get(window.locationId) as number;
      const lane = doctor * places + place;
      walk(window, shape.step, first, Math.min(last, window.end - shape.visit), blocked?.[place] ?? taken, (start) => {
        if (start > lanes.from || lane >= lanes.firstLane) keys.push((start - lanes.from) * width + lane);
      });
    }
  });
  return Float64Array.from(keys).sort();
}

/** Visits the starts of one window that lie in [from, last] and in no blocked interval. */
function walk(
  window: Interval,
  step: number,
  from: number,
  last: number,
  blocked: readonly Interval[],
  visit: (start: number) => void,
) {
  const onGrid = (instant: number) => window.start + Math.max(0, Math.ceil((instant - window.start) / step)) * step;
  let start = onGrid(from);
  let next = firstEndingAfter(blocked, start);
  while (start <= last) {
    const hole = blocked[next];
    if (hole && hole.end <= start) next++;
    else if (hole && hole.start <= start) start = onGrid(hole.end);
    else {
      visit(start);
      start += step;
    }
  }
}

function firstEndingAfter(sorted: readonly Interval[], instant: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as Interval).end <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
