import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Case, type Clinic, caseOf, clinicOf, oracleSlots, STRETCHES } from "@/tests/support/slot-oracle";
import { CELL, markBusy, WORDS_PER_DAY } from "./busy-bits";
import { exactSlots } from "./exact-slots";
import { daysNeeded, fastSlots } from "./fast-slots";
import { findSlots } from "./find-slots";
import { DAY, type Interval, MINUTE } from "./interval";
import { busyRange, judgeSlot } from "./judge-slot";
import { applyExceptions, expandRules, openHours } from "./schedule";
import { type DoctorDays, type SlotColumns, type SlotQuery, slotsOf } from "./slots";

const doctorsOf = ({ range, doctors, zoneOf, serviceId }: Clinic): DoctorDays[] =>
  doctors.map(({ id, rules, exceptions, busy }) => ({
    id,
    windows: applyExceptions(expandRules(rules, range, zoneOf, serviceId), exceptions, zoneOf),
    busy,
  }));

const queryOf = ({ shape, range, rangeAt, earliest, latest, rooms }: Clinic): SlotQuery => ({
  rangeAt,
  shape,
  range,
  earliest,
  latest,
  rooms,
});

const bitsOf = (query: SlotQuery, doctors: readonly DoctorDays[]) => {
  const { firstDay, days } = daysNeeded(query.range, query.shape);
  const length = days * WORDS_PER_DAY;
  const words = new Uint32Array(doctors.length * length);
  for (const [at, { busy }] of doctors.entries()) {
    markBusy(words.subarray(at * length, (at + 1) * length), firstDay * DAY, busy);
  }
  return { firstDay, days, words };
};

const fast = (query: SlotQuery, doctors: readonly DoctorDays[]) => fastSlots(query, doctors, bitsOf(query, doctors));

const words = (columns: SlotColumns, query: SlotQuery) =>
  slotsOf(columns, query.shape).map(({ start, doctorId, locationId }) => `${start} ${doctorId} ${locationId}`);

/** All pages of a search, put together. */
const paged = (query: SlotQuery, limit: number, search: (query: SlotQuery) => SlotColumns) => {
  const all: string[] = [];
  for (let after = query.after; ; ) {
    const page = search({ ...query, after, limit });
    expect(page.count).toBeLessThanOrEqual(limit);
    all.push(...words(page, query));
    if (!page.next) return all;
    expect(page.next).not.toEqual(after);
    after = page.next;
  }
};

const check = (
  property: (clinic: Clinic) => void,
  stretch: (typeof STRETCHES)[number],
  cases: fc.Arbitrary<Case>,
  runs: number,
) =>
  fc.assert(
    fc.property(cases, (one) => property(clinicOf(stretch, one))),
    { numRuns: runs },
  );

const anyCase = (unit: number) => fc.noShrink(caseOf(unit));

describe.each(["UTC", "America/St_Johns"])("with the machine in %s", (machine) => {
  const before = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = machine;
  });
  afterAll(() => {
    process.env.TZ = before;
  });

  describe.each(STRETCHES)("$zone around $from", (stretch) => {
    it("offers what a look at each minute offers: to the minute by ranges, in fives by bits too, page by page", () => {
      check(
        (clinic) => {
          const [query, doctors] = [queryOf(clinic), doctorsOf(clinic)];
          expect(words(exactSlots(query, doctors), query)).toEqual(oracleSlots(clinic));
        },
        stretch,
        anyCase(1),
        6,
      );
      check(
        (clinic) => {
          const [query, doctors] = [queryOf(clinic), doctorsOf(clinic)];
          const expected = oracleSlots(clinic);
          expect(words(exactSlots(query, doctors), query)).toEqual(expected);
          expect(words(fast(query, doctors), query)).toEqual(expected);
          expect(paged(query, 7, (page) => exactSlots(page, doctors))).toEqual(expected);
          expect(paged(query, 7, (page) => fast(page, doctors))).toEqual(expected);
        },
        stretch,
        anyCase(5),
        8,
      );
    });

    it("judges as it searches, and offers no more what is booked", () => {
      check(
        (clinic) => {
          const [query, doctors] = [queryOf(clinic), doctorsOf(clinic)];
          const offered = new Set(words(exactSlots(query, doctors), query));
          for (const [index, doctor] of doctors.entries()) {
            const { rules, exceptions } = clinic.doctors[index]!;
            const rulesOnly = expandRules(rules, clinic.range, clinic.zoneOf, clinic.serviceId);
            const day = {
              ...query,
              isServiceOffered: true,
              hours: openHours(rulesOnly, exceptions, clinic.zoneOf),
              windows: doctor.windows,
              busy: doctor.busy,
            };
            for (let start = query.range.start; start < query.range.end; start += 5 * MINUTE) {
              for (const locationId of clinic.locationIds) {
                const asked = clinic.rangeAt.get(locationId) ?? clinic.range;
                if (start < asked.start || start >= asked.end) continue;
                const { offered: isOffered, reasons } = judgeSlot(day, start, locationId);
                expect(isOffered).toBe(offered.has(`${start} ${doctor.id} ${locationId}`));
                expect(reasons.length === 0).toBe(isOffered);
              }
            }
          }
          const [first] = slotsOf(exactSlots(query, doctors), query.shape);
          if (!first) return;
          const taken = busyRange(first.start, query.shape);
          const later = doctors.map((one) =>
            one.id === first.doctorId ? { ...one, busy: [...one.busy, taken] } : one,
          );
          const still = slotsOf(exactSlots(query, later), query.shape).filter(
            ({ doctorId }) => doctorId === first.doctorId,
          );
          expect(still.some(({ start }) => meets(busyRange(start, query.shape), taken))).toBe(false);
        },
        stretch,
        anyCase(5),
        3,
      );
    });
  });
});

const meets = (a: Interval, b: Interval) => a.start < b.end && b.start < a.end;

it("puts doctors with odd openings and those with even ones into one order, page by page", () => {
  fc.assert(
    fc.property(caseOf(5), fc.integer({ min: 1, max: 9 }), (one, limit) => {
      const clinic = clinicOf(STRETCHES[0]!, { ...one, doctors: [...one.doctors, ...one.doctors] });
      const [query, doctors] = [queryOf(clinic), doctorsOf(clinic)];
      const shifted = doctors.map((doctor, index) =>
        index % 2 === 0
          ? doctor
          : { ...doctor, windows: doctor.windows.map((window) => ({ ...window, start: window.start + MINUTE })) },
      );
      const [even, odd] = [0, 1].map((rest) => shifted.filter((_, index) => index % 2 === rest));
      const search = (page: SlotQuery) => findSlots(page, { doctors: even!, bits: bitsOf(page, even!) }, odd!);
      const expected = words(exactSlots(query, shifted), query);
      expect(words(search(query), query)).toEqual(expected);
      expect(paged(query, limit, search)).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

it("offers the first and the last start that notice and horizon allow, and none outside, wherever it is asked", () => {
  const windows = [{ start: 9 * 3_600, end: 17 * 3_600, locationId: "place-0" }];
  const day = {
    shape: { visit: 1_800, step: 1_800, before: 0, after: 0 },
    isServiceOffered: true,
    hours: windows,
    windows,
    busy: [],
    rooms: null,
    earliest: 10 * 3_600,
    latest: 11 * 3_600,
  };
  const query = { ...day, range: { start: 0, end: DAY } };
  const doctors = [{ id: "doctor-0", windows, busy: [] }];
  const starts = [36_000, 37_800, 39_600];
  const startsOf = (columns: SlotColumns) => slotsOf(columns, day.shape).map(({ start }) => start);
  expect([startsOf(exactSlots(query, doctors)), startsOf(fast(query, doctors))]).toEqual([starts, starts]);
  const reasons = [35_999, 36_000, 39_600, 39_601].map((start) => judgeSlot(day, start).reasons);
  expect(reasons).toEqual([["not_aligned", "too_soon"], [], [], ["not_aligned", "too_far"]]);
});

it("marks cells that are busy in part, and no others", () => {
  const row = new Uint32Array(WORDS_PER_DAY);
  markBusy(row, 0, [
    { start: 31 * CELL + 1, end: 33 * CELL + 1 },
    { start: 64 * CELL, end: 96 * CELL },
  ]);
  expect([...row.subarray(0, 4)]).toEqual([1, 0xc0000000, 0xffffffff, 0]);
});
