import { describe, expect, it } from "vitest";
import {
  formatDay,
  formatLocalDate,
  formatMonths,
  formatShortDay,
  formatTime,
  formatTimeRange,
  hourAt,
  sameClock,
  zoneName,
} from "./dates";

describe("dates in words", () => {
  it("names day and month in full, by the clock of the place", () => {
    expect(formatDay("2027-08-06T23:30:00Z", "Europe/London", "en")).toBe("Saturday 7 August 2027");
    expect(formatDay("2027-08-06T23:30:00Z", "America/New_York", "en")).toBe("Friday 6 August 2027");
    expect(formatShortDay("2027-08-06T23:30:00Z", "Europe/London", "en")).toBe("Sat 7 August");
    expect(formatLocalDate("2027-08-06", "en")).toBe("Friday 6 August 2027");
    expect(formatLocalDate("2027-08-06", "en", "short")).toBe("Fri 6 August");
    expect(formatLocalDate("2027-08-06", "de")).toBe("Freitag, 6. August 2027");
    expect(formatMonths("2027-08-06", "2027-08-12", "en")).toBe("August 2027");
    expect(formatMonths("2027-08-28", "2027-09-03", "en")).toBe("August – September 2027");
    expect(formatMonths("2027-12-28", "2028-01-03", "en")).toBe("December 2027 – January 2028");
  });

  it.each([
    ["2027-08-06T16:30:00Z", "5.30pm"],
    ["2027-08-06T08:00:00Z", "9am"],
    ["2027-08-06T11:00:00Z", "midday"],
    ["2027-08-06T11:05:00Z", "12.05pm"],
    ["2027-08-06T23:00:00Z", "midnight"],
    ["2027-08-06T23:20:00Z", "12.20am"],
  ])("%s is %s in London", (at, words) => {
    expect(formatTime(at, "Europe/London", "en")).toBe(words);
  });

  it("writes times the way the language does", () => {
    expect(formatTime("2027-08-06T16:30:00Z", "Europe/Berlin", "de")).toBe("18:30");
    expect(formatTimeRange("2027-08-06T08:00:00Z", "2027-08-06T08:30:00Z", "Europe/London", "en")).toBe(
      "9am to 9.30am",
    );
  });

  it("knows the clock of a place", () => {
    expect(hourAt("2027-08-06T23:20:00Z", "Europe/London")).toBe(0);
    expect(zoneName("America/New_York", "2027-08-06T16:30:00Z", "en")).toBe("Eastern Time");
    expect(sameClock("2027-08-06T16:30:00Z", "Europe/Paris", "Europe/Berlin")).toBe(true);
    expect(sameClock("2027-08-06T16:30:00Z", "Europe/London", "Europe/Berlin")).toBe(false);
  });
});
