import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { refusalOfConflict } from "@/lib/appointments/conflict";
import { holdForOffer } from "@/lib/appointments/hold-for-offer";
import { withRetries } from "@/lib/appointments/with-retries";
import { findFreeSlots } from "@/lib/availability/find-free-slots";
import { slotViews } from "@/lib/availability/slot-views";
import type { SlotView } from "@/lib/availability/views";
import { DAY, MINUTE, overlaps } from "@/lib/domain/interval";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { type FreedSlot, offerUntil, rank } from "@/lib/domain/waitlist";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { may } from "@/lib/platform/permissions";
import { readWaiting, timeKey, type Waiting } from "./candidates";

/** A doctor's time that may be free now, half-open. */
export type FreedTime = { doctorId: string; from: Date; to: Date };

/** Offers made by one event; what is left comes with the next. */
const MOST = 20;

type Slot = FreedSlot & { end: number; noticeMinutes: number };

/**
 * A job: offers what is free of a freed time to those who wait for it, each time kept for whom it is offered to. Whose quiet hours it is
 * gets their turn when they end. Asking again offers nothing twice: what is offered is not free. Gives how many offers it made.
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
 * Offers each time to the first who takes it, the earliest time first. One pass is enough: an offer only leaves fewer times and fewer who may be
 * asked. `later`: when there is more to do.
 */
async function offerEach(ctx: Context, slots: Slot[], all: Waiting[]): Promise<{ made: number; later: Date | null }> {
  const now = Math.floor(ctx.now.getTime() / 1_000);
  const offered: Slot[] = [];
  let waiting = all;
  let wakesAt = Number.POSITIVE_INFINITY;
  for (const slot of slots) {
    const until = offerUntil(now, slot.start - slot.noticeMinutes * MINUTE);
    if (until === null || offered.some((other) => overlaps(other, slot))) continue;
    const turn = turnOf(waiting, slot, now);
    const taker = await offerFirst(ctx, slot, turn.ranked, new Date(until * 1_000));
    if (!taker) {
      wakesAt = Math.min(wakesAt, turn.wakesAt ?? wakesAt);
      continue;
    }
    offered.push(slot);
    if (offered.length === MOST) return { made: MOST, later: ctx.now };
    waiting = waiting.map((one) => (one.patientId === taker.patientId ? afterOffer(one, taker.entryId) : one));
  }
  return { made: offered.length, later: Number.isFinite(wakesAt) ? new Date(wakesAt * 1_000) : null };
}

function turnOf(waiting: Waiting[], slot: Slot, now: number) {
  const key = timeKey(slot.doctorId, slot.start * 1_000);
  return rank(
    waiting.map((one) => ({ ...one, hadThis: one.had.has(key) })),
    slot,
    now,
  );
}

/** A patient's wish once they have been offered a time, for this wish or another. */
const afterOffer = (one: Waiting, entryId: string): Waiting => ({
  ...one,
  offersToday: one.offersToday + 1,
  hasOpenOffer: one.hasOpenOffer || one.entryId === entryId,
});

/** The first who could be offered this time, and now is; undefined where there is none. */
async function offerFirst(ctx: Context, slot: Slot, ranked: readonly Waiting[], expiresAt: Date) {
  for (const one of ranked) {
    const made = await offer(ctx, one.entryId, slot, expiresAt);
    if (made.ok) return one;
    // Taken by somebody: no use to ask the others.
    if (made.code === "slot_unavailable") return undefined;
  }
  return undefined;
}

function offer(ctx: Context, entryId: string, slot: Slot, expiresAt: Date): Promise<Result<undefined>> {
  return withRetries(() =>
    withActor(ctx, (tx) => offerIn(tx, ctx, entryId, { slot, expiresAt })).catch(refusalOfConflict),
  );
}

async function offerIn(
  tx: Tx,
  ctx: Context,
  entryId: string,
  { slot, expiresAt }: { slot: Slot; expiresAt: Date },
): Promise<Result<undefined>> {
  const { serviceId, doctorId, locationId } = slot;
  // Another worker may be asking them at this moment, or they may have left.
  const [entry] = await tx.pg<{ patientId: string }[]>`
    select patient_id as "patientId" from waitlist_entries where id = ${entryId} and status = 'waiting' for no key update`;
  const [open] = await tx.pg`select from waitlist_offers where entry_id = ${entryId} and status = 'open'`;
  if (!entry || open) return refuse("conflict");
  const wanted = { serviceId, doctorId, locationId, start: new Date(slot.start * 1_000), patientId: entry.patientId };
  const held = await holdForOffer(tx, ctx, wanted, expiresAt);
  if (!held.ok) return held;
  const { id: holdId, start, end } = held.value;
  const { count } = await tx.pg`
    insert into waitlist_offers (id, entry_id, patient_id, appointment_id, doctor_id, location_id, starts_at, ends_at, expires_at, created_at)
    values (${uuidv7()}, ${entryId}, ${entry.patientId}, ${holdId}, ${doctorId}, ${held.value.locationId}, ${start}, ${end}, ${expiresAt}, ${ctx.now})
    on conflict do nothing`;
  if (count === 0) return refuse("conflict");
  await enqueue(tx, { topic: "appointment.offered", payload: { appointmentId: holdId, version: 1 } });
  return ok();
}

const comeBack = (ctx: Context, { doctorId, from, to }: FreedTime, availableAt: Date): Promise<void> =>
  withActor(ctx, (tx) =>
    enqueue(
      tx,
      { topic: "time.freed", payload: { doctorId, from: from.toISOString(), to: to.toISOString() } },
      { availableAt },
    ),
  );
