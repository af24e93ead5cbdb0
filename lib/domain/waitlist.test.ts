import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber } from "./calendar";
import { HOUR, MINUTE } from "./interval";
import {
  type Candidate,
  type FreedSlot,
  fits,
  LEAST_OFFER_SECONDS,
  MAX_OFFERS_A_DAY,
  OFFER_SECONDS,
  offerUntil,
  partOfDay,
  rank,
  type Wish,
} from "./waitlist";

const at = (text: string) => Date.parse(text) / 1_000;
const NEVER = { from: 0, until: 0 };
/** A Tuesday, ten in the morning in Kolkata. */
const slot: FreedSlot = {
  ...{ serviceId: "s", doctorId: "d", locationId: "l" },
  ...{ start: at("2027-05-11T04:30:00Z"), zone: "Asia/Kolkata" },
};
const wish = (more: Partial<Wish> = {}): Wish => ({
  ...{ serviceId: "s", doctorIds: [], locationId: null, weekdays: [], partsOfDay: [], earlierThan: null },
  ...{ fromDay: dayNumber("2027-05-01"), toDay: dayNumber("2027-05-31"), ...more },
});
const candidate = (entryId: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ entryId, wish: wish(), waitingSince: 0, offers: 0, offersToday: 0, hasOpenOffer: false, hadThis: false },
  ...{ zone: "UTC", quiet: NEVER, ...more },
});
const now = at("2027-05-10T10:00:00Z");
const order = (candidates: Candidate[], when = now) =>
  rank(candidates, slot, when).ranked.map(({ entryId }) => entryId);

describe("fits", () => {
  it.each<[string, Partial<Wish>, boolean]>([
    ["anything", {}, true],
    ["another service", { serviceId: "x" }, false],
    ["that doctor among others", { doctorIds: ["x", "d"] }, true],
    ["another doctor", { doctorIds: ["x"] }, false],
    ["another place", { locationId: "x" }, false],
    ["the day itself", { fromDay: dayNumber("2027-05-11"), toDay: dayNumber("2027-05-11") }, true],
    ["the day before", { toDay: dayNumber("2027-05-10") }, false],
    ["Tuesdays", { weekdays: [2] }, true],
    ["Mondays", { weekdays: [1] }, false],
    ["mornings", { partsOfDay: ["morning"] }, true],
    ["the rest of the day", { partsOfDay: ["afternoon", "evening"] }, false],
    ["earlier than a later visit", { earlierThan: slot.start + 1 }, true],
    ["earlier than a visit at that time", { earlierThan: slot.start }, false],
  ])("%s", (_what, more, fitting) => expect(fits(wish(more), slot)).toBe(fitting));

  it("reads days and parts of the day from the place's clock", () => {
    const late = at("2027-05-10T20:00:00Z");
    expect(partOfDay(late, "UTC")).toBe("evening");
    expect(partOfDay(late, "Asia/Kolkata")).toBe("morning");
    expect(fits(wish({ weekdays: [1] }), { ...slot, start: late })).toBe(false);
    expect(fits(wish({ weekdays: [1] }), { ...slot, start: late, zone: "UTC" })).toBe(true);
  });
});

describe("rank", () => {
  it("asks those first who have waited longest, then those with the fewest offers", () => {
    const [late, early] = [candidate("late", { waitingSince: 2 }), candidate("early", { waitingSince: 1, offers: 2 })];
    expect(order([late, early, candidate("fresh", { waitingSince: 1, offers: 1 })])).toEqual([
      "fresh",
      "early",
      "late",
    ]);
  });

  it("leaves out who is being asked, who has let this time go, and who was asked often enough today", () => {
    expect(
      order([
        candidate("open", { hasOpenOffer: true }),
        candidate("had", { hadThis: true }),
        candidate("often", { offersToday: MAX_OFFERS_A_DAY }),
        candidate("fine", { offersToday: MAX_OFFERS_A_DAY - 1 }),
      ]),
    ).toEqual(["fine"]);
  });

  it("lets people sleep by their own clock, and says when the first of them wakes", () => {
    const quiet = { from: 21 * HOUR, until: 8 * HOUR };
    const turn = rank(
      [
        candidate("apia", { quiet, zone: "Pacific/Apia" }),
        candidate("here", { quiet }),
        candidate("later", { quiet: { from: 21 * HOUR, until: 9 * HOUR } }),
      ],
      slot,
      at("2027-05-10T22:00:00Z"),
    );
    expect(turn.ranked.map(({ entryId }) => entryId)).toEqual(["apia"]);
    expect(turn.wakesAt).toBe(at("2027-05-11T08:00:00Z"));
  });

  it("gives the same order however the candidates come, and asks nobody whom it should not", () => {
    const some = fc.record({
      ...{ waitingSince: fc.nat(3), offers: fc.nat(2), offersToday: fc.nat(4) },
      ...{ hasOpenOffer: fc.boolean(), hadThis: fc.boolean(), weekdays: fc.subarray([1, 2, 3]) },
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), fc.integer(), (drawn, seed) => {
        const all = drawn.map(({ weekdays, ...more }, index) =>
          candidate(`${index}`, { ...more, wish: wish({ weekdays }) }),
        );
        const ranked = order(all);
        const shuffled = [...all].sort((a, b) => ((+a.entryId * 7 + seed) % 5) - ((+b.entryId * 7 + seed) % 5));
        expect(order(shuffled)).toEqual(ranked);
        const asked = ranked.map((id) => all[Number(id)] as Candidate);
        for (const one of asked) expect(fits(one.wish, slot) && !one.hasOpenOffer && !one.hadThis).toBe(true);
        expect(asked.map((one) => one.waitingSince)).toEqual(
          asked.map((one) => one.waitingSince).sort((a, b) => a - b),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe("offerUntil", () => {
  it("stands for two hours, less where the visit is near, and is not made where no answer can come in time", () => {
    expect(offerUntil(0, 24 * HOUR)).toBe(OFFER_SECONDS);
    expect(offerUntil(0, 4 * HOUR)).toBe(HOUR);
    expect(offerUntil(0, 30 * MINUTE)).toBe(LEAST_OFFER_SECONDS);
    expect(offerUntil(0, LEAST_OFFER_SECONDS)).toBe(LEAST_OFFER_SECONDS);
    expect(offerUntil(0, LEAST_OFFER_SECONDS - 1)).toBeNull();
  });
});
