import { DAY } from "./interval";
import { instantOf, localDay, offsetAt } from "./zone";

/** Seconds after midnight by the patient's clock; `from` after `until` spans midnight, equal means never. */
export type QuietHours = { from: number; until: number };

/** No reminder comes later than this before a visit. */
export const MIN_LEAD_MINUTES = 30;
/** Lead times that forms offer: three weeks to one hour. */
export const LEAD_CHOICES = [30_240, 10_080, 4_320, 2_880, 1_440, 240, 120, 60] as const;
/** When after a visit forms offer to write: an hour, a day, three days, a week. */
export const FOLLOW_UP_CHOICES = [60, 1_440, 4_320, 10_080] as const;
/** Until the patient says otherwise: nine in the evening to eight in the morning. */
export const USUAL_QUIET: QuietHours = { from: 21 * 3_600, until: 8 * 3_600 };
/** How long before the quiet begins one is sent that would fall into it: a worker may be a little late. */
const BEFORE_QUIET = 15 * 60;

export type Step = { leadMinutes: number; dueAt: number };
type Visit = { startsAt: number; now: number; zone: string; quiet: QuietHours };

/** The quiet hours around an instant (epoch seconds); null where it is not quiet then. */
export function quietAround(at: number, zone: string, { from, until }: QuietHours) {
  if (from === until) return null;
  const day = localDay(at, zone);
  const wall = at + offsetAt(at, zone) - day * DAY;
  const isOvernight = from > until;
  const isQuiet = isOvernight ? wall >= from || wall < until : wall >= from && wall < until;
  if (!isQuiet) return null;
  const first = isOvernight && wall < until ? day - 1 : day;
  return {
    start: instantOf(zone, first, from, "opens"),
    end: instantOf(zone, isOvernight ? first + 1 : first, until, "closes"),
  };
}

/**
 * When to remind of a visit, in order of time; instants are epoch seconds. What falls into quiet hours comes after them, or before where
 * the visit would be too near by then. What is past is left out, and of those that fall together, or would change places, only the last step stays.
 */
export function reminderSteps(leads: readonly number[], visit: Visit): Step[] {
  const steps: Step[] = [];
  for (const leadMinutes of [...new Set(leads)].sort((a, b) => b - a)) {
    const dueAt = audible(visit.startsAt - leadMinutes * 60, visit);
    if (dueAt === null || dueAt <= visit.now || dueAt > visit.startsAt - MIN_LEAD_MINUTES * 60) continue;
    while ((steps.at(-1)?.dueAt ?? Number.NEGATIVE_INFINITY) >= dueAt) steps.pop();
    steps.push({ leadMinutes, dueAt });
  }
  return steps;
}

function audible(at: number, { startsAt, zone, quiet }: Visit): number | null {
  const hours = quietAround(at, zone, quiet);
  if (!hours) return at;
  if (hours.end <= startsAt - MIN_LEAD_MINUTES * 60) return hours.end;
  const before = hours.start - BEFORE_QUIET;
  // Whose quiet hours leave less than that between them is never awake.
  return quietAround(before, zone, quiet) ? null : before;
}
