import { describe, expect, it } from "vitest";
import { dateOf, datesBetween, dayNumber, isDate, secondsOfTime, weekday } from "./calendar";
import { HOUR, MINUTE } from "./interval";
import { type Boundary, dayBounds, instantOf, isValidTimeZone, localDate, localTime, offsetAt } from "./zone";

const at = (zone: string, date: string, time: string, boundary: Boundary = "opens") =>
  new Date(instantOf(zone, dayNumber(date), secondsOfTime(time), boundary) * 1_000).toISOString().slice(0, 16);

const hoursIn = (date: string, zone: string) => {
  const { start, end } = dayBounds(date, zone);
  return (end - start) / HOUR;
};

describe("wall time to instant", () => {
  it.each([
    // A gap opens and closes when it ends; a repeated hour opens at its first passing and closes at its second.
    ["America/New_York", "2024-03-10", "02:30", "2024-03-10T07:00", "2024-03-10T07:00"],
    ["America/New_York", "2024-11-03", "01:30", "2024-11-03T05:30", "2024-11-03T06:30"],
    ["America/New_York", "2024-11-03", "02:00", "2024-11-03T07:00", "2024-11-03T07:00"],
    ["America/New_York", "2024-07-01", "09:00", "2024-07-01T13:00", "2024-07-01T13:00"],
    ["America/Sao_Paulo", "2016-10-16", "00:00", "2016-10-16T03:00", "2016-10-16T03:00"],
    ["America/Sao_Paulo", "2016-02-20", "23:30", "2016-02-21T01:30", "2016-02-21T02:30"],
    ["America/Sao_Paulo", "2016-02-20", "24:00", "2016-02-21T03:00", "2016-02-21T03:00"],
    ["Asia/Kolkata", "2024-03-10", "09:00", "2024-03-10T03:30", "2024-03-10T03:30"],
    ["Australia/Lord_Howe", "2024-10-06", "02:15", "2024-10-05T15:30", "2024-10-05T15:30"],
    ["Australia/Lord_Howe", "2024-04-07", "01:45", "2024-04-06T14:45", "2024-04-06T15:15"],
    ["Africa/Casablanca", "2024-03-10", "02:30", "2024-03-10T01:30", "2024-03-10T02:30"],
    ["Africa/Casablanca", "2024-04-14", "02:30", "2024-04-14T02:00", "2024-04-14T02:00"],
    ["Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T10:00", "2011-12-30T10:00"],
    ["Pacific/Apia", "2011-12-31", "00:00", "2011-12-30T10:00", "2011-12-30T10:00"],
    ["America/St_Johns", "2006-10-28", "23:30", "2006-10-29T02:00", "2006-10-29T03:00"],
    ["America/St_Johns", "2024-03-10", "02:30", "2024-03-10T05:30", "2024-03-10T05:30"],
  ])("%s %s %s opens %s and closes %s", (zone, date, time, opens, closes) => {
    expect([at(zone, date, time), at(zone, date, time, "closes")]).toEqual([opens, closes]);
  });
});

describe("a day at a place", () => {
  it.each([
    ["America/New_York", "2024-03-10", 23],
    ["America/New_York", "2024-11-03", 25],
    ["America/Sao_Paulo", "2016-10-16", 23],
    ["America/Sao_Paulo", "2016-02-20", 25],
    ["Asia/Kolkata", "2024-03-10", 24],
    ["Australia/Lord_Howe", "2024-10-06", 23.5],
    ["Australia/Lord_Howe", "2024-04-07", 24.5],
    ["Africa/Casablanca", "2024-03-10", 25],
    ["Africa/Casablanca", "2024-04-14", 23],
    ["Pacific/Apia", "2011-12-30", 0],
    ["Pacific/Apia", "2011-12-31", 24],
    ["America/St_Johns", "2024-11-03", 25],
  ])("%s %s has %d hours", (zone, date, hours) => {
    expect(hoursIn(date, zone)).toBe(hours);
  });

  it.each(["America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "America/Sao_Paulo"])(
    "the days of a year in %s follow each other without a hole, and each instant knows its date",
    (zone) => {
      const dates = datesBetween("2011-06-01", "2012-06-01");
      for (const [index, date] of dates.entries()) {
        const { start, end } = dayBounds(date, zone);
        const following = dates[index + 1];
        if (following) expect(dayBounds(following, zone).start).toBe(end);
        if (start === end) continue;
        expect([localDate(start, zone), localDate(end - 1, zone)]).toEqual([date, date]);
      }
    },
  );

  it("agrees with Intl on wall time and offset around each change", () => {
    const clock = new Intl.DateTimeFormat("sv-SE", {
      dateStyle: "short",
      timeStyle: "short",
      timeZone: "America/St_Johns",
    });
    const change = Date.UTC(2006, 9, 29, 2, 31) / 1_000;
    for (let instant = change - 3 * HOUR; instant < change + 3 * HOUR; instant += MINUTE) {
      const wall = `${localDate(instant, "America/St_Johns")} ${localTime(instant, "America/St_Johns")}`;
      expect(wall).toBe(clock.format(instant * 1_000));
    }
    expect(offsetAt(change - 1, "America/St_Johns")).toBe(-2.5 * HOUR);
    expect(offsetAt(change, "America/St_Johns")).toBe(-3.5 * HOUR);
  });
});

describe("dates and zones as words", () => {
  it("knows which dates exist", () => {
    expect(["2016-02-29", "2015-02-29", "2016-13-01", "2016-1-1", "16-01-01", ""].map(isDate)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(dateOf(dayNumber("1969-12-31"))).toBe("1969-12-31");
    expect([weekday("2024-03-10"), weekday("2024-03-11"), weekday("1969-12-31")]).toEqual([7, 1, 3]);
    expect(datesBetween("2024-02-28", "2024-03-01")).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
    expect(datesBetween("2024-03-01", "2024-02-28")).toEqual([]);
  });

  it("accepts IANA zones only", () => {
    expect(["America/Sao_Paulo", "UTC", "+05:30", "Mars/Olympus", ""].map(isValidTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
