import { expect, it } from "vitest";
import { Places, placesOf } from "./places";

const LONG_MS = 60_000;

it("gives its places in turn, each again once it is left", async () => {
  const places = new Places(2);
  const order: number[] = [];
  const [first, second] = [await places.take(LONG_MS), await places.take(LONG_MS)];
  const waiting = [3, 4].map(async (who) => {
    const leave = await places.take(LONG_MS);
    order.push(who);
    return leave;
  });
  await Promise.resolve();
  expect(order).toEqual([]);
  first?.();
  await waiting[0];
  expect(order).toEqual([3]);
  second?.();
  for (const leave of await Promise.all(waiting)) leave?.();
  expect(order).toEqual([3, 4]);
  expect([await places.take(0), await places.take(0)].every(Boolean)).toBe(true);
});

it("lets whoever waited too long go without, and loses no place by that", async () => {
  const places = new Places(1);
  const leave = await places.take(LONG_MS);
  expect(await places.take(1)).toBeUndefined();
  leave?.();
  expect(await places.take(1)).toBeDefined();
});

it("knows a provider's places again", () => {
  const provider = { atOnce: 1 };
  expect(placesOf(provider)).toBe(placesOf(provider));
  expect(placesOf({ atOnce: 1 })).not.toBe(placesOf(provider));
});
