import fc from "fast-check";
import { expect, it } from "vitest";
import { type Interval, intersect, overlaps, subtract, union } from "./interval";

const intervals = fc.array(
  fc.tuple(fc.nat(60), fc.nat(12)).map(([start, length]): Interval => ({ start, end: start + length })),
  { maxLength: 8 },
);

const instants = (list: readonly Interval[]) => {
  const set = new Set<number>();
  for (const { start, end } of list) for (let at = start; at < end; at++) set.add(at);
  return set;
};

const isTidy = (list: readonly Interval[]) =>
  list.every(({ start, end }, index) => start < end && (index === 0 || (list[index - 1]?.end ?? 0) < start));

it("is the algebra of sets of instants", () => {
  fc.assert(
    fc.property(intervals, intervals, (a, b) => {
      const [left, right] = [instants(a), instants(b)];
      expect(instants(union(a))).toEqual(left);
      expect(instants(subtract(union(a), b))).toEqual(minus(left, right));
      expect(instants(intersect(a, b))).toEqual(new Set([...left].filter((at) => right.has(at))));
      expect([union(a), subtract(union(a), b), intersect(a, b)].every(isTidy)).toBe(true);
    }),
  );
});

const minus = (left: Set<number>, right: Set<number>) => new Set([...left].filter((at) => !right.has(at)));

it("lets back-to-back visits stand, and an empty one touch nobody", () => {
  expect(overlaps({ start: 0, end: 10 }, { start: 10, end: 20 })).toBe(false);
  expect(overlaps({ start: 0, end: 11 }, { start: 10, end: 20 })).toBe(true);
  expect(overlaps({ start: 5, end: 5 }, { start: 0, end: 10 })).toBe(false);
});
