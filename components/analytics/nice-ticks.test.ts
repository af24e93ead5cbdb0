import { expect, test } from "vitest";
import { niceTicks } from "./nice-ticks";

test("an axis is marked at round steps up to what is highest", () => {
  expect(niceTicks(0.378)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
  expect(niceTicks(0.225)).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25]);
  expect(niceTicks(200)).toEqual([0, 50, 100, 150, 200]);
  expect(niceTicks(1335)).toEqual([0, 500, 1000, 1500]);
});

test("counts stay whole, and nothing at all has an axis too", () => {
  expect(niceTicks(3, 1)).toEqual([0, 1, 2, 3]);
  expect(niceTicks(0, 1)).toEqual([0, 1]);
  expect(niceTicks(0)).toEqual([0, 1]);
});
