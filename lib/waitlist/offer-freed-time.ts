import { withActor } from "@/db/client";
import { refusalOfConflict } from "@/lib/appointments/conflict";
import { withRetries } from "@/lib/appointments/with-retries";
import { findFreeSlots } from "@/lib/availability/find-free-slots";
import { slotViews } from "@/lib/availability/slot-views";
import type { SlotView } from "@/lib/availability/views";
import { clinicSettings } from "@/lib/clinic/settings";
import { DAY, MINUTE, overlaps } from "@/lib/domain/interval";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { type FreedSlot, MAX_OFFERS_A_DAY, offerUntil, rank } from "@/lib/domain/waitlist";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { may } from "@/lib/platform/permissions";
import { readWaiting, timeKey, type Waiting } from "./candidates";
import { makeRound, type RoundOptions } from "./make-round";

/** A doctor's time that may be free now, half-open. */
export type FreedTime = { doctorId: string; from: Date; to: Date };

/** Rounds made by one event; what is left comes with the next. */
const MOST = 20;

type Slot = FreedSlot & { end: number; noticeMinutes: number };

/**
 * A job: offers what is free of a freed time to those who wait for it, each time to some at once, in their turn, and kept for them: a round. Whose
 * quiet hours it is gets their turn when they end. Asking again offers nothing twice: what is offered is not free. Gives how many offers it made.
 */
export async function offerFreedTime(ctx: Context, time: FreedTime): Promise<Result<number, "forbidden">> {
  if (!may(ctx.actor, "waitlist.offer")) return refuse("forbidden");
  if (time.to <= ctx.now) return ok(0);
  const waiting = await readWaiting(ctx, time.doctorId);
  const { made, later } = await offerEach(ctx, await freeSlots(ctx, time, waiting), waiting);
  if (later && later < time.to) await comeBack(ctx, time, later);
  return ok(made);
}

/** Free times of each service that somebody waits for which lie in the freed time, in order of start. */
async function freeSlots(ctx: Context, { doctorId, from, to }: FreedTime, waiting: Waiting[]): Promise<Slot[]> {
  const [start, end] = [Math.floor(from.getTime() / 1_000), Math.ceil(to.getTime() / 1_000)];
  const notice = new Map(waiting.map(({ wish, noticeMinutes }) => [wish.serviceId, noticeMinutes]));
  const all: Slot[] = [];
  for (const [serviceId, noticeMinutes] of notice) {
    // A longer visit may begin before the freed time and reach into it.
    const found = await findFreeSlots(ctx, { serviceId, doctorIds: [doctorId], asked: { start: start - DAY, end } });
    for (const view of found ? slotViews(found) : []) {
      const slot = slotOf(view, serviceId, noticeMinutes);
      if (slot.end > start) all.push(slot);
    }
  }
  return all.sort((a, b) => a.start - b.start);
}

const slotOf = (view: SlotView, serviceId: string, noticeMinutes: number): Slot => ({
  ...{ serviceId, noticeMinutes, doctorId: view.doctorId, locationId: view.locationId, zone: view.timeZone },
  ...{ start: Date.parse(view.start) / 1_000, end: Date.parse(view.end) / 1_000 },
});

/**
 * Offers each time to those whose turn it is, the earliest time first. One pass is enough: an offer only leaves fewer times and fewer who may be
 * asked. `later`: when there is more to do.
 */
async function offerEach(
  ctx: Context,
  slots: Slot[],
  waiting: Waiting[],
): Promise<{ made: number; later: Date | null }> {
  const now = Math.floor(ctx.now.getTime() / 1_000);
  const { offerBatchSize: size } = await clinicSettings(ctx.db);
  const offered: Slot[] = [];
  let made = 0;
  let wakesAt = Number.POSITIVE_INFINITY;
  for (const slot of slots) {
    const until = offerUntil(now, slot.start - slot.noticeMinutes * MINUTE);
    if (until === null || offered.some((other) => overlaps(other, slot))) continue;
    const turn = turnOf(waiting, slot, now);
    const options = { size, expiresAt: new Date(until * 1_000), mostADay: MAX_OFFERS_A_DAY };
    const round = await offer(ctx, slot, turn.ranked, options);
    if (!round.ok) {
      wakesAt = Math.min(wakesAt, turn.wakesAt ?? wakesAt);
      continue;
    }
    offered.push(slot);
    made += round.value;
    if (offered.length === MOST) return { made, later: ctx.now };
  }
  return { made, later: Number.isFinite(wakesAt) ? new Date(wakesAt * 1_000) : null };
}

function turnOf(waiting: Waiting[], slot: Slot, now: number) {
  const key = timeKey(slot.doctorId, slot.start * 1_000);
  return rank(
    waiting.map((one) => ({ ...one, hadThis: one.had.has(key) })),
    slot,
    now,
  );
}

function offer(ctx: Context, slot: Slot, ranked: readonly Waiting[], options: RoundOptions): Promise<Result<number>> {
  const { serviceId, doctorId, locationId } = slot;
  const span = { start: new Date(slot.start * 1_000), end: new Date(slot.end * 1_000) };
  return withRetries(() =>
    withActor(ctx, (tx) => makeRound(tx, ctx, { serviceId, doctorId, locationId, ...span }, ranked, options)).catch(
      refusalOfConflict,
    ),
  );
}

const comeBack = (ctx: Context, { doctorId, from, to }: FreedTime, availableAt: Date): Promise<void> =>
  withActor(ctx, (tx) =>
    enqueue(
      tx,
      { topic: "time.freed", payload: { doctorId, from: from.toISOString(), to: to.toISOString() } },
      { availableAt },
    ),
  );
