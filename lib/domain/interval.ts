/** Half-open [start, end) in integer epoch seconds: back-to-back visits do not collide. */
export type Interval = Readonly<{ start: number; end: number }>;

export const MINUTE = 60;
export const HOUR = 3_600;
export const DAY = 86_400;

export const isEmpty = (a: Interval) => a.end <= a.start;

/** An empty interval overlaps nothing. */
export const overlaps = (a: Interval, b: Interval) =>
  a.start < b.end && b.start < a.end && a.start < a.end && b.start < b.end;

export const contains = (outer: Interval, inner: Interval) => outer.start <= inner.start && inner.end <= outer.end;

export const byStart = (a: Interval, b: Interval) => a.start - b.start || a.end - b.end;

/** The same set of instants as sorted, disjoint intervals; those that merely touch become one. */
export function union(intervals: readonly Interval[]): Interval[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of intervals.filter((one) => !isEmpty(one)).sort(byStart)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** The instants of `from` that are in no interval of `cuts`; `from` must be sorted and disjoint. */
export function subtract(from: readonly Interval[], cuts: readonly Interval[]): Interval[] {
  const holes = union(cuts);
  const left: Interval[] = [];
  let first = 0;
  for (const piece of from) {
    while (first < holes.length && (holes[first] as Interval).end <= piece.start) first++;
    let start = piece.start;
    for (let next = first; next < holes.length; next++) {
      const hole = holes[next] as Interval;
      if (hole.start >= piece.end) break;
      if (hole.start > start) left.push({ start, end: hole.start });
      start = Math.max(start, hole.end);
    }
    if (start < piece.end) left.push({ start, end: piece.end });
  }
  return left;
}

/** The instants that are in both sets. */
export function intersect(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  const one = union(left);
  const two = union(right);
  const both: Interval[] = [];
  for (let i = 0, j = 0; i < one.length && j < two.length; ) {
    const a = one[i] as Interval;
    const b = two[j] as Interval;
    const piece = { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
    if (!isEmpty(piece)) both.push(piece);
    if (a.end < b.end) i++;
    else j++;
  }
  return both;
}
