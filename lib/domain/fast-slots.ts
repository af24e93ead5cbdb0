import { type BusyBits, blockStarts, CELL, isAligned, markBusy, WORDS_PER_DAY } from "./busy-bits";
import { DAY, type Interval } from "./interval";
import type { Window } from "./schedule";
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

/** Doctors of the fast path: their busy ranges are in the bits, row after row in the same order. */
export type BitDoctor = Pick<DoctorDays, "id" | "windows">;

/** Whether busy bits can tell the slots of this service: everything that it lasts is whole cells. */
export const isCellShape = ({ visit, step, before, after }: VisitShape) =>
  [visit, step, before, after].every(isAligned);

/** Whether busy bits can tell the slots of these windows; where one closes does not matter. */
export const opensOnCells = (windows: readonly Window[]) => windows.every(({ start }) => isAligned(start));

/** The UTC days whose bits a search needs: the range and as far as a visit and its buffers reach out of it. */
export function daysNeeded(range: Interval, { visit, before, after }: VisitShape) {
  const firstDay = Math.floor((range.start - before) / DAY);
  return { firstDay, days: Math.max(1, Math.ceil((range.end + visit + after) / DAY) - firstDay) };
}

/**
 * Free slots from busy bits: the same set as `exactSlots` where `isCellShape` and `opensOnCells` hold.
 * `bits` covers `daysNeeded` and is overwritten.
 */
export function fastSlots(query: SlotQuery, doctors: readonly BitDoctor[], bits: BusyBits): SlotColumns {
  const lanes = lanesOf(query, doctors);
  const sink = new SlotSink(query.limit);
  const length = bits.days * WORDS_PER_DAY;
  const { before, visit, after } = query.shape;
  for (let doctor = 0; doctor < doctors.length; doctor++) {
    blockStarts(bits.words, doctor * length, length, before / CELL, (visit + after) / CELL);
  }
  sweep(lanes, lanesWithMasks(query, doctors, lanes, bits), bits, sink);
  return sink.columns(lanes);
}

/** A doctor at a location; `row` is where the doctor's words begin. */
type Track = { lane: number; doctor: number; location: number; row: number; mask: Uint32Array };

function lanesWithMasks(query: SlotQuery, doctors: readonly BitDoctor[], lanes: Lanes, bits: BusyBits): Track[] {
  const length = bits.days * WORDS_PER_DAY;
  const places = new Map(lanes.locationIds.map((id, index) => [id, index]));
  const rooms = lanes.locationIds.map((id) => roomlessWords(query, id, bits));
  const masks = new Map<readonly Window[], (Uint32Array | undefined)[]>();

  return doctors.flatMap(({ windows }, doctor) => {
    let perPlace = masks.get(windows);
    if (!perPlace) {
      perPlace = startMasks(query, windows, lanes, places, bits);
      perPlace.forEach((mask, place) => {
        const roomless = rooms[place];
        if (mask && roomless)
          for (let at = 0; at < length; at++) mask[at] = (mask[at] as number) & ~(roomless[at] as number);
      });
      masks.set(windows, perPlace);
    }
    return perPlace.flatMap((mask, location) =>
      mask
        ? [{ lane: doctor * lanes.locationIds.length + location, doctor, location, row: doctor * length, mask }]
        : [],
    );
  });
}

/** Per location, the cells in which the windows let a visit start. Made once for all doctors who share the windows. */
function startMasks(
  query: SlotQuery,
  windows: readonly Window[],
  lanes: Lanes,
  places: ReadonlyMap<string, number>,
  bits: BusyBits,
) {
  const { step, visit } = query.shape;
  const origin = bits.firstDay * DAY;
  const masks: (Uint32Array | undefined)[] = lanes.locationIds.map(() => undefined);
  for (const window of windows) {
    const { first, last } = startsAt(query, lanes, window.locationId);
    const until = Math.min(last, window.end - visit);
    let start = window.start + Math.max(0, Math.ceil((first - window.start) / step)) * step;
    if (start > until) continue;
    const place = places.get(window.locationId) as number;
    const mask = masks[place] ?? new Uint32Array(bits.days * WORDS_PER_DAY);
    masks[place] = mask;
    for (; start <= until; start += step) {
      const cell = (start - origin) / CELL;
      mask[cell >>> 5] = (mask[cell >>> 5] as number) | (0x80000000 >>> (cell & 31));
    }
  }
  return masks;
}

/** The starts for which no single room of the location is free; null where no room is needed. */
function roomlessWords(query: SlotQuery, locationId: string, bits: BusyBits): Uint32Array | null {
  if (!query.rooms) return null;
  const { before, visit, after } = query.shape;
  const length = bits.days * WORDS_PER_DAY;
  const blocked = new Uint32Array(length).fill(0xffffffff);
  for (const busy of query.rooms.get(locationId) ?? []) {
    const room = new Uint32Array(length);
    markBusy(room, bits.firstDay * DAY, busy);
    blockStarts(room, 0, length, before / CELL, (visit + after) / CELL);
    for (let at = 0; at < length; at++) blocked[at] = (blocked[at] as number) & (room[at] as number);
  }
  return blocked;
}

/** Time is the outer loop, so that slots come out in order and nothing is sorted. */
function sweep(lanes: Lanes, tracks: readonly Track[], bits: BusyBits, sink: SlotSink) {
  const { words } = bits;
  const origin = bits.firstDay * DAY;
  const length = bits.days * WORDS_PER_DAY;
  const free = new Uint32Array(tracks.length);
  const rows = Uint32Array.from(tracks, ({ row }) => row);
  const doctors = Uint32Array.from(tracks, ({ doctor }) => doctor);
  const locations = Uint32Array.from(tracks, ({ location }) => location);
  const masks = tracks.map(({ mask }) => mask);
  const firstTrack = tracks.findIndex(({ lane }) => lane >= lanes.firstLane);
  const skipped = firstTrack < 0 ? tracks.length : firstTrack;

  for (let word = 0; word < length && !sink.isFull; word++) {
    let any = 0;
    for (let track = 0; track < free.length; track++) {
      const mask = (masks[track] as Uint32Array)[word] as number;
      const open = mask === 0 ? 0 : mask & ~(words[(rows[track] as number) + word] as number);
      free[track] = open;
      any |= open;
    }
    while (any !== 0 && !sink.isFull) {
      const cell = Math.clz32(any);
      const bit = 0x80000000 >>> cell;
      any &= ~bit;
      const start = origin + (word * 32 + cell) * CELL;
      for (let track = start === lanes.from ? skipped : 0; track < free.length; track++) {
        if (((free[track] as number) & bit) === 0) continue;
        if (sink.isFull) break;
        sink.push(start, doctors[track] as number, locations[track] as number);
      }
    }
  }
}
