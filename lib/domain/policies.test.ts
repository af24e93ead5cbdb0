import { describe, expect, it } from "vitest";
import { allowedActions, judgeCancel, judgeReschedule, judgeStart, type Policy, type PolicyVisit } from "./policies";

const policy: Policy = {
  minNoticeMinutes: 120,
  horizonDays: 30,
  cancelCutoffMinutes: 24 * 60,
  rescheduleCutoffMinutes: 12 * 60,
  maxReschedules: 2,
};
const visit: PolicyVisit = { startsAt: new Date("2024-06-03T10:00:00Z"), status: "booked", rescheduleCount: 0 };
const reason = (judged: ReturnType<typeof judgeStart>) => (judged.ok ? "ok" : judged.data.reason);

describe("cancel and move", () => {
  it("is allowed up to the cut-off itself", () => {
    expect(reason(judgeCancel(policy, visit, new Date("2024-06-02T10:00:00.000Z")))).toBe("ok");
    expect(reason(judgeCancel(policy, visit, new Date("2024-06-02T10:00:00.001Z")))).toBe("cancel_cutoff");
    expect(reason(judgeReschedule(policy, visit, new Date("2024-06-02T22:00:00.000Z")))).toBe("ok");
    expect(reason(judgeReschedule(policy, visit, new Date("2024-06-02T22:00:00.001Z")))).toBe("reschedule_cutoff");
  });

  it("counts moves, unless the service does not", () => {
    const moved = { ...visit, rescheduleCount: 2 };
    const now = new Date("2024-06-01T00:00:00Z");
    expect(reason(judgeReschedule(policy, moved, now))).toBe("max_reschedules");
    expect(reason(judgeReschedule({ ...policy, maxReschedules: null }, moved, now))).toBe("ok");
    expect(reason(judgeReschedule({ ...policy, maxReschedules: 0 }, visit, now))).toBe("max_reschedules");
  });

  it("lets go of a hold at any time, and offers nothing on a visit that is over", () => {
    const late = new Date("2024-06-03T09:59:00Z");
    expect(reason(judgeCancel(policy, { ...visit, status: "held" }, late))).toBe("ok");
    const early = new Date("2024-06-01T00:00:00Z");
    expect(allowedActions(policy, visit, early)).toEqual({ cancel: true, reschedule: true });
    expect(allowedActions(policy, { ...visit, status: "fulfilled" }, early)).toEqual({
      cancel: false,
      reschedule: false,
    });
    expect(allowedActions(policy, { ...visit, status: "arrived" }, early).reschedule).toBe(false);
  });
});

it("takes notice and horizon to the second", () => {
  const now = new Date("2024-06-01T08:00:00.000Z");
  const starts = ["2024-06-01T09:59:59Z", "2024-06-01T10:00:00Z", "2024-07-01T08:00:00Z", "2024-07-01T08:00:01Z"];
  expect(starts.map((start) => reason(judgeStart(policy, new Date(start), now)))).toEqual([
    "too_soon",
    "ok",
    "ok",
    "too_far",
  ]);
  expect(reason(judgeStart(policy, new Date("2024-06-01T10:00:00Z"), new Date(now.getTime() + 1)))).toBe("too_soon");
});
