import { expect, it } from "vitest";
import { grainOf, groupDays } from "./group-days";

const day = (date: string, visits: number) => ({ date, visits, fulfilled: visits, noShows: 0 });

it("adds up weeks from Monday and months", () => {
  const days = [day("2016-05-29", 1), day("2016-05-30", 2), day("2016-05-31", 4), day("2016-06-01", 8)];
  const sums = (grain: "day" | "week" | "month") => groupDays(days, grain).map(({ date, visits }) => [date, visits]);
  expect(sums("day")).toHaveLength(4);
  expect(sums("week")).toEqual([
    ["2016-05-23", 1],
    ["2016-05-30", 14],
  ]);
  expect(sums("month")).toEqual([
    ["2016-05-01", 7],
    ["2016-06-01", 8],
  ]);
  expect([31, 62, 63, 400, 401].map(grainOf)).toEqual(["day", "day", "week", "week", "month"]);
});
