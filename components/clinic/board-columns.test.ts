import { expect, it } from "vitest";
import { boardColumns } from "./board-columns";

const visit = (status: "booked" | "fulfilled" | "no_show", since: string) => ({ status, since });

it("shows the next of those to come and the last of those who are done, and counts them all", () => {
  const day = [
    visit("fulfilled", "2026-03-02T09:30:00Z"),
    visit("no_show", "2026-03-02T10:15:00Z"),
    visit("fulfilled", "2026-03-02T10:00:00Z"),
    visit("booked", "2026-03-01T08:00:00Z"),
    visit("booked", "2026-02-01T08:00:00Z"),
    visit("booked", "2026-01-01T08:00:00Z"),
  ];
  const [booked, arrived, , , done] = boardColumns(day, 2);
  expect(booked).toEqual({ id: "booked", count: 3, visits: [day[3], day[4]] });
  expect(arrived).toEqual({ id: "arrived", count: 0, visits: [] });
  expect(done).toEqual({ id: "done", count: 3, visits: [day[1], day[2]] });
});
