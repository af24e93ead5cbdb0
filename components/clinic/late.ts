import { minutesBetween } from "./minutes";

/** A few minutes are nothing to be told of. */
const GRACE_MINUTES = 5;

export type Lateness = { kind: "late" | "waiting" | "over"; minutes: number };

/** What is behind its time: a patient who has not come, one who still waits, or a visit that has not ended. */
export function latenessOf(visit: { status: string; start: string; end: string }, now: Date): Lateness | null {
  const kind = ({ booked: "late", arrived: "waiting", checked_in: "waiting", in_progress: "over" } as const)[
    visit.status
  ];
  if (!kind) return null;
  const minutes = minutesBetween(kind === "over" ? visit.end : visit.start, now);
  return minutes >= GRACE_MINUTES ? { kind, minutes } : null;
}
