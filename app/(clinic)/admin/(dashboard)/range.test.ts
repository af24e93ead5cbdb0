import { expect, it } from "vitest";
import { rangeOf } from "./range";

const today = "2027-03-10";
const live = { firstDate: "2026-12-01", lastDate: "2027-05-01" };
const old = { firstDate: "2016-04-29", lastDate: "2016-06-08" };

it("shows the last 30 days, all of an old import, and whatever dates are asked for", () => {
  expect(rangeOf({}, live, today)).toEqual({ name: "30", from: "2027-02-09", to: today, days: 30 });
  expect(rangeOf({}, old, today)).toEqual({ name: "all", from: "2016-04-29", to: "2016-06-08", days: 41 });
  expect(rangeOf({ range: "all" }, live, today)).toMatchObject({ from: "2026-12-01", to: "2027-05-01" });
  expect(rangeOf({ range: "own", from: "2016-06-08", to: "2016-04-29" }, live, today)).toMatchObject({ days: 41 });
  expect(rangeOf({ range: "own", from: "2016-02-30" }, live, today)).toMatchObject({ from: "2027-02-09", to: today });
  expect(rangeOf({ range: "no" }, { firstDate: null, lastDate: null }, today)).toMatchObject({ name: "30" });
});
