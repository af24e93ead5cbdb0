import type { BusyBits } from "./busy-bits";
import { exactSlots } from "./exact-slots";
import { type BitDoctor, fastSlots } from "./fast-slots";
import { type DoctorDays, type SlotColumns, type SlotQuery, SlotSink } from "./slots";

/**
 * Free slots of many doctors in order of (start, doctor id, location id). Doctors whose windows open on cells come with bits, the others with
 * busy ranges; both lists in the order of ids, and no doctor in both.
 */
export function findSlots(
  query: SlotQuery,
  withBits: { doctors: readonly BitDoctor[]; bits: BusyBits } | null,
  withRanges: readonly DoctorDays[],
): SlotColumns {
  if (!withBits || withBits.doctors.length === 0) return exactSlots(query, withRanges);
  const fast = fastSlots(query, withBits.doctors, withBits.bits);
  return withRanges.length === 0 ? fast : mergeSlots(fast, exactSlots(query, withRanges), query.limit);
}

/** Two answers to one query as one, in order. */
function mergeSlots(left: SlotColumns, right: SlotColumns, limit: number | undefined): SlotColumns {
  const doctorIds = [...left.doctorIds, ...right.doctorIds].sort();
  const locationIds = [...new Set([...left.locationIds, ...right.locationIds])].sort();
  const lanes = { doctorIds, locationIds, from: 0, firstLane: 0 };
  const places = new Map(locationIds.map((id, index) => [id, index]));
  const ranks = new Map(doctorIds.map((id, index) => [id, index]));
  const readers = [left, right].map((columns) => {
    const doctor = columns.doctorIds.map((id) => ranks.get(id) as number);
    const location = columns.locationIds.map((id) => places.get(id) as number);
    return {
      count: columns.count,
      start: (at: number) => columns.start[at] as number,
      doctor: (at: number) => doctor[columns.doctor[at] as number] as number,
      location: (at: number) => location[columns.location[at] as number] as number,
    };
  });
  const [one, two] = readers as [(typeof readers)[0], (typeof readers)[0]];

  const sink = new SlotSink(limit);
  for (let i = 0, j = 0; (i < one.count || j < two.count) && !sink.isFull; ) {
    const isLeft =
      j >= two.count || (i < one.count && (one.start(i) - two.start(j) || one.doctor(i) - two.doctor(j)) < 0);
    const reader = isLeft ? one : two;
    const at = isLeft ? i++ : j++;
    sink.push(reader.start(at), reader.doctor(at), reader.location(at));
  }
  const columns = sink.columns(lanes);
  if (columns.next || !(left.next ?? right.next) || columns.count === 0) return columns;
  // Exactly a page, but one side held more back.
  const last = columns.count - 1;
  return {
    ...columns,
    next: {
      start: columns.start[last] as number,
      doctorId: doctorIds[columns.doctor[last] as number] as string,
      locationId: locationIds[columns.location[last] as number] as string,
    },
  };
}
