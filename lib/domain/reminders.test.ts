import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MIN_LEAD_MINUTES, quietAround, reminderSteps, USUAL_QUIET } from "./reminders";

const at = (text: string) => Date.parse(text) / 1_000;
const text = (seconds: number) => new Date(seconds * 1_000).toISOString().replace(":00.000Z", "Z");
const NEVER = { from: 0, until: 0 };
const steps = (leads: number[], startsAt: string, now: string, more: { zone?: string; quiet?: typeof NEVER } = {}) =>
  reminderSteps(leads, { startsAt: at(startsAt), now: at(now), zone: "UTC", quiet: NEVER, ...more }).map(
    ({ leadMinutes, dueAt }) => `${leadMinutes} ${text(dueAt)}`,
  );

describe("reminderSteps", () => {
  it("counts back from the visit, the earliest first", () => {
    expect(steps([120, 4_320, 1_440], "2027-05-10T14:00:00Z", "2027-05-01T10:00:00Z")).toEqual([
      "4320 2027-05-07T14:00Z",
      "1440 2027-05-09T14:00Z",
      "120 2027-05-10T12:00Z",
    ]);
  });

  it("skips what is past when a visit is booked late", () => {
    expect(steps([4_320, 1_440, 120], "2027-05-10T14:00:00Z", "2027-05-10T09:00:00Z")).toEqual([
      "120 2027-05-10T12:00Z",
    ]);
    expect(steps([120], "2027-05-10T14:00:00Z", "2027-05-10T12:00:00Z")).toEqual([]);
  });

  it("waits until the patient is awake, by the patient's clock", () => {
    // 9.30 in Kolkata is 4.00 in UTC; two hours before is 7.30 there.
    expect(
      steps([120], "2027-05-10T04:00:00Z", "2027-05-01T00:00:00Z", { zone: "Asia/Kolkata", quiet: USUAL_QUIET }),
    ).toEqual(["120 2027-05-10T02:30Z"]);
  });

  it("comes the evening before where the morning would be too late, and not at all where that is past", () => {
    const early = "2027-05-10T08:15:00Z";
    expect(steps([120], early, "2027-05-01T00:00:00Z", { quiet: USUAL_QUIET })).toEqual(["120 2027-05-09T20:45Z"]);
    expect(steps([120], early, "2027-05-09T23:00:00Z", { quiet: USUAL_QUIET })).toEqual([]);
  });

  it("sends one where quiet hours push two together", () => {
    expect(steps([600, 120, 120], "2027-05-10T08:00:00Z", "2027-05-01T00:00:00Z", { quiet: USUAL_QUIET })).toEqual([
      "120 2027-05-09T20:45Z",
    ]);
  });

  it("sends one where quiet hours would put a later step before an earlier one", () => {
    const siesta = { quiet: { from: 15 * 3_600, until: 16 * 3_600 } };
    expect(steps([35, 30], "2027-05-10T15:34:00Z", "2027-05-01T00:00:00Z", siesta)).toEqual(["30 2027-05-10T14:45Z"]);
  });

  it("is never in quiet hours, never past, never too late, and each time its own", () => {
    const zone = fc.constantFrom("America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia");
    const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 900);
    fc.assert(
      fc.property(
        fc.integer({ min: at("2026-01-01"), max: at("2028-01-01") }),
        fc.integer({ min: 0, max: 40 * 86_400 }),
        fc.array(fc.integer({ min: 30, max: 50_000 }), { maxLength: 6 }),
        zone,
        clock,
        clock,
        (now, ahead, leads, zone, from, until) => {
          const startsAt = now + ahead;
          const planned = reminderSteps(leads, { startsAt, now, zone, quiet: { from, until } });
          for (const { dueAt } of planned) {
            expect(dueAt).toBeGreaterThan(now);
            expect(quietAround(dueAt, zone, { from, until })).toBeNull();
            expect(startsAt - dueAt).toBeGreaterThanOrEqual(MIN_LEAD_MINUTES * 60);
          }
          expect(new Set(planned.map(({ dueAt }) => dueAt)).size).toBe(planned.length);
          expect(planned.every(({ dueAt }, i) => i === 0 || dueAt > (planned[i - 1]?.dueAt ?? 0))).toBe(true);
        },
      ),
    );
  });
});

describe("quietAround", () => {
  it("knows the night on both sides of midnight, and the nap at noon", () => {
    const night = { start: at("2027-05-09T21:00:00Z"), end: at("2027-05-10T08:00:00Z") };
    expect(quietAround(at("2027-05-09T23:00:00Z"), "UTC", USUAL_QUIET)).toEqual(night);
    expect(quietAround(at("2027-05-10T07:59:59Z"), "UTC", USUAL_QUIET)).toEqual(night);
    expect(quietAround(at("2027-05-10T08:00:00Z"), "UTC", USUAL_QUIET)).toBeNull();
    expect(quietAround(at("2027-05-10T13:00:00Z"), "UTC", { from: 13 * 3_600, until: 15 * 3_600 })).not.toBeNull();
    expect(quietAround(at("2027-05-10T15:00:00Z"), "UTC", { from: 13 * 3_600, until: 15 * 3_600 })).toBeNull();
  });

  it("lasts as long as the night does when the clock jumps", () => {
    const hours = quietAround(at("2027-03-14T06:00:00Z"), "America/New_York", USUAL_QUIET);
    expect(hours && (hours.end - hours.start) / 3_600).toBe(10);
  });
});
