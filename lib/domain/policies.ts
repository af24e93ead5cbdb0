import { DAY, MINUTE } from "./interval";
import { type Refused, refuse } from "./result";
import { canTransition, isUpcoming, type Status } from "./status";

/** What a service asks of patients; minutes before the start, days from now. `maxReschedules` null: any number. */
export type Policy = Readonly<{
  minNoticeMinutes: number;
  horizonDays: number;
  cancelCutoffMinutes: number;
  rescheduleCutoffMinutes: number;
  maxReschedules: number | null;
}>;

export type PolicyVisit = Readonly<{ startsAt: Date; status: Status; rescheduleCount: number }>;

export type PolicyReason = "cancel_cutoff" | "reschedule_cutoff" | "max_reschedules" | "too_soon" | "too_far";

export type PolicyRefusal = Refused<"policy_refused"> & { data: { reason: PolicyReason } & Record<string, unknown> };

type Allowed = Readonly<{ ok: true }>;
const ALLOWED: Allowed = { ok: true };

const refusePolicy = (reason: PolicyReason, detail: string, more: Record<string, unknown> = {}): PolicyRefusal => ({
  ...refuse("policy_refused", { detail }),
  data: { reason, ...more },
});

/** The last instant at which the patient may still act: `cutoffMinutes` before the start, itself included. */
export const cutoffAt = (startsAt: Date, cutoffMinutes: number) =>
  new Date(startsAt.getTime() - cutoffMinutes * MINUTE * 1_000);

/** Earliest and latest start (epoch seconds, both included) that notice and horizon allow. */
export function bookableRange(policy: Pick<Policy, "minNoticeMinutes" | "horizonDays">, now: Date) {
  const seconds = now.getTime() / 1_000;
  return {
    earliest: Math.ceil(seconds) + policy.minNoticeMinutes * MINUTE,
    latest: Math.floor(seconds) + policy.horizonDays * DAY,
  };
}

/** Notice and horizon for a new start. */
export function judgeStart(policy: Policy, startsAt: Date, now: Date): Allowed | PolicyRefusal {
  const { earliest, latest } = bookableRange(policy, now);
  const start = startsAt.getTime() / 1_000;
  if (start < earliest) {
    return refusePolicy("too_soon", `A visit must be booked ${policy.minNoticeMinutes} minutes ahead.`, {
      minNoticeMinutes: policy.minNoticeMinutes,
    });
  }
  if (start > latest) {
    return refusePolicy("too_far", `A visit can be booked at most ${policy.horizonDays} days ahead.`, {
      horizonDays: policy.horizonDays,
    });
  }
  return ALLOWED;
}

/** Whether the patient may still cancel; the status is judged apart, see `canTransition`. */
export function judgeCancel(policy: Policy, visit: PolicyVisit, now: Date): Allowed | PolicyRefusal {
  // A hold is not yet a visit: letting go of it is always fine.
  if (visit.status === "held") return ALLOWED;
  const until = cutoffAt(visit.startsAt, policy.cancelCutoffMinutes);
  if (now <= until) return ALLOWED;
  return refusePolicy("cancel_cutoff", `This visit could be cancelled until ${until.toISOString()}.`, {
    cutoffAt: until.toISOString(),
  });
}

/** Whether the patient may still move the visit, wherever to. */
export function judgeReschedule(policy: Policy, visit: PolicyVisit, now: Date): Allowed | PolicyRefusal {
  const until = cutoffAt(visit.startsAt, policy.rescheduleCutoffMinutes);
  if (now > until) {
    return refusePolicy("reschedule_cutoff", `This visit could be moved until ${until.toISOString()}.`, {
      cutoffAt: until.toISOString(),
    });
  }
  if (policy.maxReschedules !== null && visit.rescheduleCount >= policy.maxReschedules) {
    return refusePolicy("max_reschedules", `This visit has been moved ${visit.rescheduleCount} times already.`, {
      maxReschedules: policy.maxReschedules,
    });
  }
  return ALLOWED;
}

/** What a patient's page may offer on a visit; staff are not bound by it. */
export const allowedActions = (policy: Policy, visit: PolicyVisit, now: Date) => ({
  cancel: canTransition(visit.status, "cancelled") && judgeCancel(policy, visit, now).ok,
  reschedule: isUpcoming(visit.status) && judgeReschedule(policy, visit, now).ok,
});
