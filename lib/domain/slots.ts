import type { Interval } from "./interval";
import type { Window } from "./schedule";

/** A service as the search sees it; everything in seconds. */
export type VisitShape = Readonly<{
  visit: number;
  step: number;
  before: number;
  after: number;
}>;

/** Per location, the busy ranges of each room that serves the service; a location that is absent has no room. */
export type RoomsBusy = ReadonlyMap<string, readonly (readonly Interval[])[]>;

/** One place in the order of results; a page starts after it. */
export type SlotCursor = Readonly<{ start: number; doctorId: string; locationId: string }>;

export type SlotQuery = Readonly<{
  shape: VisitShape;
  /** Starts that are asked for, half-open. */
  range: Interval;
  /** Where a place has a range of its own: whole days differ from zone to zone. Each lies inside `range`. */
  rangeAt?: ReadonlyMap<string, Interval> | undefined;
  /** Starts that notice and horizon allow, both included; see `bookableRange`. */
  earliest: number;
  latest: number;
  /** Null where the service needs no room. */
  rooms: RoomsBusy | null;
  after?: SlotCursor | undefined;
  /** Most slots to answer with; all of them where absent. */
  limit?: number | undefined;
}>;

/**
 * One doctor as the search sees them: windows sorted by start, and busy ranges with buffers (any order, may overlap).
 * Doctors come to the search in the order of their ids.
 */
export type DoctorDays = Readonly<{ id: string; windows: readonly Window[]; busy: readonly Interval[] }>;

/** Slots as columns, in the order of (start, doctor, location): epoch seconds, index into `doctorIds`, index into `locationIds`. */
export type SlotColumns = Readonly<{
  count: number;
  start: Float64Array;
  doctor: Uint32Array;
  location: Uint32Array;
  doctorIds: readonly string[];
  locationIds: readonly string[];
  /** Where the next page starts; null where there is none. */
  next: SlotCursor | null;
}>;

export type Slot = Readonly<{ start: number; end: number; doctorId: string; locationId: string }>;

/** The places in their fixed order, and where a cursor falls among them. */
export type Lanes = Readonly<{
  doctorIds: readonly string[];
  locationIds: readonly string[];
  /** Starts before this are past the cursor. */
  from: number;
  /** At `from` itself, lanes (doctor * locations + location) below this are past the cursor. */
  firstLane: number;
}>;

export function lanesOf(query: SlotQuery, doctors: readonly Pick<DoctorDays, "id" | "windows">[]): Lanes {
  const doctorIds = doctors.map(({ id }) => id);
  const seen = new Set<readonly Window[]>();
  const places = new Set<string>();
  for (const { windows } of doctors) {
    if (seen.has(windows)) continue;
    seen.add(windows);
    for (const { locationId } of windows) places.add(locationId);
  }
  const locationIds = [...places].sort();

  const { after } = query;
  const from = Math.max(query.range.start, query.earliest, after?.start ?? -Infinity);
  if (!after || after.start !== from) return { doctorIds, locationIds, from, firstLane: 0 };
  const doctor = countUntil(doctorIds, (id) => id < after.doctorId);
  const isListed = doctorIds[doctor] === after.doctorId;
  const location = isListed ? countUntil(locationIds, (id) => id <= after.locationId) : 0;
  return { doctorIds, locationIds, from, firstLane: doctor * locationIds.length + location };
}

const countUntil = (sorted: readonly string[], isBefore: (id: string) => boolean) => {
  const index = sorted.findIndex((id) => !isBefore(id));
  return index < 0 ? sorted.length : index;
};

/** First and last start that are asked for and allowed at one place, both included. */
export function startsAt(query: SlotQuery, { from }: Lanes, locationId: string) {
  const { start, end } = query.rangeAt?.get(locationId) ?? query.range;
  return { first: Math.max(from, start), last: Math.min(query.range.end - 1, end - 1, query.latest) };
}

/** Collects slots in order, one more than the limit to know whether a page follows. */
export class SlotSink {
  count = 0;
  readonly capacity: number;
  #start: Float64Array<ArrayBuffer>;
  #doctor: Uint32Array<ArrayBuffer>;
  #location: Uint32Array<ArrayBuffer>;

  constructor(limit: number | undefined) {
    this.capacity = limit === undefined ? Infinity : limit + 1;
    const size = Math.min(this.capacity, 1_024);
    this.#start = new Float64Array(size);
    this.#doctor = new Uint32Array(size);
    this.#location = new Uint32Array(size);
  }

  get isFull() {
    return this.count >= this.capacity;
  }

  push(start: number, doctor: number, location: number) {
    if (this.count === this.#start.length) this.#grow();
    const at = this.count++;
    this.#start[at] = start;
    this.#doctor[at] = doctor;
    this.#location[at] = location;
  }

  #grow() {
    const size = this.#start.length * 4;
    const start = new Float64Array(size);
    const doctor = new Uint32Array(size);
    const location = new Uint32Array(size);
    start.set(this.#start);
    doctor.set(this.#doctor);
    location.set(this.#location);
    this.#start = start;
    this.#doctor = doctor;
    this.#location = location;
  }

  columns({ doctorIds, locationIds }: Lanes): SlotColumns {
    const count = this.isFull ? this.capacity - 1 : this.count;
    const start = this.#start.subarray(0, count);
    const doctor = this.#doctor.subarray(0, count);
    const location = this.#location.subarray(0, count);
    const last = count - 1;
    const next =
      this.isFull && count > 0
        ? {
            start: start[last] as number,
            doctorId: doctorIds[doctor[last] as number] as string,
            locationId: locationIds[location[last] as number] as string,
          }
        : null;
    return { count, start, doctor, location, doctorIds, locationIds, next };
  }
}

/** One row of the columns. */
const slotAt = (columns: SlotColumns, index: number, shape: VisitShape): Slot => {
  const start = columns.start[index] as number;
  return {
    start,
    end: start + shape.visit,
    doctorId: columns.doctorIds[columns.doctor[index] as number] as string,
    locationId: columns.locationIds[columns.location[index] as number] as string,
  };
};

export const slotsOf = (columns: SlotColumns, shape: VisitShape): Slot[] =>
  Array.from({ length: columns.count }, (_, index) => slotAt(columns, index, shape));

/** The first slot of each doctor that has one, in order of start. */
export function firstPerDoctor(columns: SlotColumns, shape: VisitShape): Slot[] {
  const seen = new Uint8Array(columns.doctorIds.length);
  const first: Slot[] = [];
  for (let index = 0; index < columns.count; index++) {
    const doctor = columns.doctor[index] as number;
    if (seen[doctor]) continue;
    seen[doctor] = 1;
    first.push(slotAt(columns, index, shape));
  }
  return first;
}
