import { expect, it } from "vitest";
import { ACTIVE_STATUSES, canTransition, isTerminal, nextStatuses, STATUSES } from "./status";

it("lets a visit go forward only, and never out of an end", () => {
  const order = new Map(STATUSES.map((status, index) => [status, index]));
  for (const from of STATUSES) {
    for (const to of nextStatuses(from, { system: true })) expect(order.get(to)!).toBeGreaterThan(order.get(from)!);
  }
  expect(STATUSES.filter(isTerminal)).toEqual(["fulfilled", "no_show", "cancelled"]);
});

it("records past visits as fulfilled only for our own jobs", () => {
  expect(canTransition("booked", "fulfilled")).toBe(false);
  expect(canTransition("booked", "fulfilled", { system: true })).toBe(true);
  expect(canTransition("held", "fulfilled", { system: true })).toBe(false);
  expect(canTransition("in_progress", "cancelled", { system: true })).toBe(false);
});

it("counts a no-show as time that was taken, a cancelled visit as free", () => {
  expect(ACTIVE_STATUSES).toContain("no_show");
  expect(ACTIVE_STATUSES).not.toContain("cancelled");
});
