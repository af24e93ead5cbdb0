import type { Status } from "@/lib/domain/status";
import type { Random } from "./random";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export type SeedEvent = { type: string; at: Date; data: Record<string, unknown> };
export type Story = {
  status: Status;
  requestedAt: Date;
  confirmedAt: Date | null;
  cancelledAt: Date | null;
  rescheduleCount: number;
  events: SeedEvent[];
};

/** What became of a visit: where it is to end up, if it is not for chance to say. */
export type Ending = "as-planned" | "cancelled" | "kept" | Status;

/** Days between asking and coming: many the same day or the next, a long tail up to the horizon. */
export function leadDays(random: Random): number {
  const roll = random.next();
  if (roll < 0.18) return random.next() * 0.4;
  if (roll < 0.34) return 0.5 + random.next();
  if (roll < 0.55) return 2 + random.next() * 5;
  if (roll < 0.78) return 7 + random.next() * 9;
  return 16 + random.next() * 34;
}

/** The longer ago it was booked, the more often it is forgotten. */
const noShowChance = (lead: number) => Math.min(0.27, 0.03 + lead * 0.008);

/** Status, instants and events of a visit from `startsAt` to `endsAt` as it stands at `now`. */
export function tellStory(
  random: Random,
  { startsAt, endsAt, now, ending }: { startsAt: Date; endsAt: Date; now: Date; ending: Ending },
): Story {
  const requestedAt = askedAt(random, startsAt, now);
  const lead = (startsAt.getTime() - requestedAt.getTime()) / DAY_MS;
  const isMoved = lead > 3 && random.chance(0.07);
  const isConfirmed = lead > 1 && startsAt.getTime() < now.getTime() + 7 * DAY_MS && random.chance(0.45);
  const between = (share: number) =>
    new Date(requestedAt.getTime() + (endOfWait(startsAt, now) - requestedAt.getTime()) * share);
  const movedAt = isMoved ? between(0.3) : null;
  const confirmedAt = isConfirmed ? between(0.8) : null;
  const status = statusOf(random, { startsAt, endsAt, now, ending, lead });
  const cancelledAt = status === "cancelled" ? between(0.9) : null;

  const events: SeedEvent[] = [{ type: "appointment.booked", at: requestedAt, data: {} }];
  if (movedAt) events.push({ type: "appointment.rescheduled", at: movedAt, data: {} });
  if (confirmedAt) events.push({ type: "appointment.confirmed", at: confirmedAt, data: {} });
  if (cancelledAt) events.push({ type: "appointment.cancelled", at: cancelledAt, data: {} });
  else events.push(...statusEvents(status, startsAt, endsAt, now));
  return { status, requestedAt, confirmedAt, cancelledAt, rescheduleCount: isMoved ? 1 : 0, events };
}

/** Visits are asked for before they start, and nobody has asked in the future. */
function askedAt(random: Random, startsAt: Date, now: Date): Date {
  const latest = endOfWait(startsAt, now);
  const asked = startsAt.getTime() - 45 * MINUTE_MS - leadDays(random) * DAY_MS;
  return new Date(Math.floor(Math.min(asked, latest - random.int(10, 60 * 24 * 6) * MINUTE_MS) / 1_000) * 1_000);
}

const endOfWait = (startsAt: Date, now: Date) =>
  Math.min(startsAt.getTime() - 30 * MINUTE_MS, now.getTime() - MINUTE_MS);

type Moment = { startsAt: Date; endsAt: Date; now: Date; ending: Ending; lead: number };

function statusOf(random: Random, { startsAt, endsAt, now, ending, lead }: Moment): Status {
  if (ending !== "as-planned" && ending !== "kept") return ending;
  if (endsAt <= now) return ending === "as-planned" && random.chance(noShowChance(lead)) ? "no_show" : "fulfilled";
  if (startsAt <= now) return "in_progress";
  const minutesToGo = (startsAt.getTime() - now.getTime()) / MINUTE_MS;
  if (minutesToGo <= 12) return "checked_in";
  if (minutesToGo <= 30 && random.chance(0.7)) return "arrived";
  return "booked";
}

const PATH: Readonly<Partial<Record<Status, readonly Status[]>>> = {
  arrived: ["arrived"],
  checked_in: ["arrived", "checked_in"],
  in_progress: ["arrived", "checked_in", "in_progress"],
  fulfilled: ["arrived", "checked_in", "in_progress", "fulfilled"],
  no_show: ["no_show"],
};

function statusEvents(status: Status, startsAt: Date, endsAt: Date, now: Date): SeedEvent[] {
  const at: Readonly<Partial<Record<Status, number>>> = {
    arrived: startsAt.getTime() - 14 * MINUTE_MS,
    checked_in: startsAt.getTime() - 9 * MINUTE_MS,
    in_progress: startsAt.getTime() + MINUTE_MS,
    fulfilled: endsAt.getTime() - MINUTE_MS,
    no_show: endsAt.getTime(),
  };
  let from: Status = "booked";
  return (PATH[status] ?? []).map((to) => {
    const event = {
      type: "appointment.status_changed",
      at: new Date(Math.min(at[to] ?? now.getTime(), now.getTime())),
      data: { from, to },
    };
    from = to;
    return event;
  });
}
