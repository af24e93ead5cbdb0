import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { together } from "./together";

it("does at once what is asked for in one moment or while it is busy, and answers each its own", async () => {
  const batches: number[][] = [];
  const double = together(async (numbers: number[]) => {
    batches.push(numbers);
    await sleep(20);
    return numbers.map((number) => 2 * number);
  });
  const first = [double(1), double(2)];
  await sleep(5);
  const later = [double(3), double(4)];
  expect(await Promise.all([...first, ...later])).toEqual([2, 4, 6, 8]);
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

it("tells all of a batch that failed, and goes on with the next", async () => {
  const work = together(async (numbers: number[]) => {
    if (numbers.includes(0)) throw new Error("no");
    return numbers;
  });
  const ends = await Promise.allSettled([work(0), work(1)]);
  expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await work(2)).toBe(2);
});
