import { expect, it } from "vitest";
import { latenessOf } from "./late";

const visit = (status: string) => ({ status, start: "2027-03-01T09:00:00Z", end: "2027-03-01T09:30:00Z" });

it("calls late who has not come, who still waits, and what has not ended", () => {
  const at = (time: string) => new Date(`2027-03-01T${time}:00Z`);
  expect(latenessOf(visit("booked"), at("09:04"))).toBeNull();
  expect(latenessOf(visit("booked"), at("09:05"))).toEqual({ kind: "late", minutes: 5 });
  expect(latenessOf(visit("arrived"), at("08:50"))).toBeNull();
  expect(latenessOf(visit("checked_in"), at("09:20"))).toEqual({ kind: "waiting", minutes: 20 });
  expect(latenessOf(visit("in_progress"), at("09:20"))).toBeNull();
  expect(latenessOf(visit("in_progress"), at("09:40"))).toEqual({ kind: "over", minutes: 10 });
  expect(latenessOf(visit("fulfilled"), at("12:00"))).toBeNull();
});
