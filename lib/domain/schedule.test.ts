import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, overlaps } from "./interval";
import {
  applyExceptions,
  exceptionRange,
  expandRules,
  type ScheduleException,
  validateException,
  validateRules,
  type WeeklyRule,
} from "./schedule";
import { dayBounds } from "./zone";

const sunday: WeeklyRule = { locationId: "main", weekday: 7, start: "01:00", end: "04:00" };

const windowsOn = (date: string, zone: string, rules: readonly WeeklyRule[], serviceId?: string) => {
  const day = dayBounds(date, zone);
  return expandRules(rules, day, () => zone, serviceId).filter(({ start, end }) => start < day.end && day.start < end);
};

const hours = (date: string, zone: string, rule: WeeklyRule) =>
  windowsOn(date, zone, [rule]).map(({ start, end }) => (end - start) / HOUR);

const at = (time: string) => Date.parse(`2024-06-03T${time}:00Z`) / 1_000;
const exception = (kind: "leave" | "extra", from: string, to: string, locationId: string | null = "main") =>
  ({ kind, locationId, start: at(from), end: at(to) }) satisfies ScheduleException;
const span = (windows: readonly { start: number; end: number }[]) =>
  windows.map(({ start, end }) =>
    [start, end].map((one) => new Date(one * 1_000).toISOString().slice(11, 16)).join("-"),
  );

describe("weekly rules", () => {
  it("lasts two hours when the clock jumps over one of three, and four when it repeats one", () => {
    expect(hours("2024-03-10", "America/New_York", sunday)).toEqual([2]);
    expect(hours("2024-11-03", "America/New_York", sunday)).toEqual([4]);
    expect(hours("2024-06-02", "America/New_York", sunday)).toEqual([3]);
  });

  it("works the whole of a 25-hour and a 23-hour day", () => {
    const saturday = { ...sunday, weekday: 6, start: "00:00", end: "24:00" };
    expect(hours("2016-02-20", "America/Sao_Paulo", saturday)).toEqual([25]);
    expect(hours("2016-10-16", "America/Sao_Paulo", { ...saturday, weekday: 7 })).toEqual([23]);
  });

  it("has no window on a date that the place skipped, or inside a gap", () => {
    expect(hours("2011-12-30", "Pacific/Apia", { ...sunday, weekday: 5, start: "09:00", end: "17:00" })).toEqual([]);
    expect(hours("2024-03-10", "America/New_York", { ...sunday, start: "02:10", end: "02:50" })).toEqual([]);
  });

  it("holds only within its validity, both dates included, and only for its services", () => {
    const rule = { ...sunday, validFrom: "2024-06-09", validUntil: "2024-06-16", serviceIds: ["checkup"] };
    const dates = ["2024-06-02", "2024-06-09", "2024-06-16", "2024-06-23"];
    expect(dates.map((date) => windowsOn(date, "Asia/Kolkata", [rule], "checkup").length)).toEqual([0, 1, 1, 0]);
    expect(windowsOn("2024-06-09", "Asia/Kolkata", [rule], "surgery")).toEqual([]);
  });

  it("joins windows that overlap or touch, location by location", () => {
    const monday = { ...sunday, weekday: 1 };
    const windows = windowsOn("2024-06-03", "UTC", [
      { ...monday, start: "13:00", end: "15:00" },
      { ...monday, start: "09:00", end: "12:00" },
      { ...monday, start: "12:00", end: "13:00" },
      { ...monday, start: "14:30", end: "16:00" },
      { ...monday, start: "14:00", end: "15:00", locationId: "annex" },
    ]);
    expect(span(windows)).toEqual(["09:00-16:00", "14:00-15:00"]);
  });
});

describe("hours without an end", () => {
  const week = [1, 2, 3, 4, 5, 6, 7];
  const always = week.map((weekday) => ({ ...sunday, weekday, start: "00:00", end: "24:00" }));
  const zone = "America/New_York";
  const from = Date.parse("2024-10-01T00:00:00Z") / 1_000;
  const openIn = (
    rules: readonly WeeklyRule[],
    exceptions: readonly ScheduleException[],
    start: number,
    days: number,
  ) => {
    const range = { start, end: start + days * 24 * HOUR };
    return applyExceptions(
      expandRules(rules, range, () => zone),
      exceptions,
      () => zone,
    );
  };

  it("are one window from day to day, and count anew where the week begins", () => {
    const monday = dayBounds("2024-11-04", zone).start;
    const windows = openIn(always, [], monday - 24 * HOUR, 2);
    // The night of the 25th hour lies within its week.
    expect(windows.slice(-2).map(({ start, end }) => [start - monday, end - start])).toEqual([
      [-169 * HOUR, 169 * HOUR],
      [0, 72 * HOUR],
    ]);
  });

  it("open where they open, whatever range is asked for", () => {
    // Mostly round the clock, in pieces that touch; sometimes a hole.
    const day = fc.oneof(
      { weight: 6, arbitrary: fc.constant(["00:00", "24:00"]) },
      { weight: 4, arbitrary: fc.constantFrom(["00:00", "06:00", "24:00"], ["00:00", "18:00", "24:00"]) },
      { weight: 1, arbitrary: fc.constant(["06:00", "24:00"]) },
    );
    const stretch = fc.record({
      day: fc.integer({ min: 0, max: 50 }),
      hour: fc.integer({ min: 0, max: 23 }),
      hours: fc.integer({ min: 1, max: 40 }),
      isLeave: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.tuple(...week.map(() => day)),
        fc.array(stretch, { maxLength: 12 }),
        fc.integer({ min: 25, max: 45 }),
        (days, stretches, ahead) => {
          const rules = days.flatMap((times, index) =>
            times.slice(1).map((end, nth) => ({ ...sunday, weekday: index + 1, start: times[nth] as string, end })),
          );
          const exceptions = stretches.map(({ day, hour, hours: long, isLeave }) => {
            const start = from + (day * 24 + hour) * HOUR + (isLeave ? 20 : 10) * 60;
            return {
              kind: isLeave ? "leave" : "extra",
              locationId: "main",
              start,
              end: start + long * HOUR,
            } satisfies ScheduleException;
          });
          const at = from + ahead * 24 * HOUR;
          const near = (start: number) =>
            exceptions.filter((one) => overlaps(one, exceptionRange({ start, end: at + 24 * HOUR })));
          const reach = (start: number) =>
            openIn(rules, near(start), start, (at - start) / (24 * HOUR) + 1).filter(
              (one) => one.end > at && one.start < at + 24 * HOUR,
            );
          const long = reach(from);
          for (const back of [0, 1, 3, 8, 20]) {
            const short = reach(at - back * 24 * HOUR);
            expect(short.map(({ start }) => start)).toEqual(long.map(({ start }) => start));
          }
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe("exceptions", () => {
  const day = [
    { start: at("09:00"), end: at("12:00"), locationId: "main" },
    { start: at("13:00"), end: at("17:00"), locationId: "annex" },
  ];

  const applied = (...[windows, exceptions]: [typeof day, ScheduleException[]]) =>
    applyExceptions(windows, exceptions, () => "UTC");

  it("cuts leave out of the windows of its location, or of all", () => {
    expect(span(applied(day, [exception("leave", "10:00", "14:00")]))).toEqual(["09:00-10:00", "13:00-17:00"]);
    expect(span(applied(day, [exception("leave", "10:00", "10:20", null)]))).toEqual([
      "09:00-10:00",
      "10:20-12:00",
      "13:00-17:00",
    ]);
  });

  it("adds extra hours, and leave wins over them", () => {
    const extra = exception("extra", "11:00", "13:00");
    expect(span(applied(day, [extra]))).toEqual(["09:00-13:00", "13:00-17:00"]);
    expect(span(applied(day, [extra, exception("leave", "12:00", "20:00", null)]))).toEqual(["09:00-12:00"]);
  });

  it("refuses the impossible by field", () => {
    expect(validateException(exception("leave", "12:00", "12:00"))).toMatchObject([{ path: "to" }]);
    expect(validateException(exception("extra", "10:00", "12:00", null))).toMatchObject([{ path: "locationId" }]);
    expect(validateException(exception("leave", "10:00", "12:00", null))).toEqual([]);
    const days = (hours: number) => ({ ...exception("extra", "00:00", "00:00"), end: at("00:00") + hours * HOUR });
    expect(validateException(days(31 * 24 + 1))).toEqual([]);
    expect(validateException(days(32 * 24))).toMatchObject([{ path: "to" }]);
  });
});

describe("the validator", () => {
  const paths = (...rules: Partial<WeeklyRule>[]) =>
    validateRules(rules.map((rule) => ({ ...sunday, ...rule }))).map(({ path }) => path);

  it("names each field that is wrong", () => {
    expect(
      paths({ weekday: 0 }, { start: "9:00" }, { start: "10:00", end: "09:00" }, { end: "24:01" }, { start: "24:00" }),
    ).toEqual(
      expect.arrayContaining(["rules.0.weekday", "rules.1.start", "rules.2.end", "rules.3.end", "rules.4.start"]),
    );
    expect(paths({ validFrom: "2024-02-30" }, { validFrom: "2024-02-02", validUntil: "2024-02-01" })).toEqual([
      "rules.0.validFrom",
      "rules.1.validUntil",
    ]);
  });

  it("refuses overlap on one weekday, unless validity or services keep them apart", () => {
    expect(paths({}, { start: "03:00", end: "05:00" })).toEqual(["rules.1.start"]);
    expect(paths({}, { start: "03:00", end: "05:00", locationId: "annex" })).toEqual(["rules.1.start"]);
    expect(paths({}, { start: "04:00", end: "24:00" })).toEqual([]);
    expect(paths({ validUntil: "2024-01-31" }, { validFrom: "2024-02-01" })).toEqual([]);
    expect(paths({ validUntil: "2024-02-01" }, { validFrom: "2024-02-01" })).toEqual(["rules.1.start"]);
    expect(paths({ serviceIds: ["a"] }, { serviceIds: ["b"] })).toEqual([]);
    expect(paths({ serviceIds: ["a"] }, { serviceIds: [] })).toEqual(["rules.1.start"]);
  });
});
