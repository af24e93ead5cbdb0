import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { refusalOfConflict } from "@/lib/appointments/conflict";
import { holdForOffer } from "@/lib/appointments/hold-for-offer";
import { withRetries } from "@/lib/appointments/with-retries";
import { findFreeSlots } from "@/lib/availability/find-free-slots";
import { slotViews } from "@/lib/availability/slot-views";
import type { SlotView } from "@/lib/availability/views";
import { DAY, MINUTE } from "@/lib/domain/interval";
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
 * A job: offers what is free of a freed time to those who wait for it, one after another, each kept for whom it is offered to. Whose quiet hours it is
 * gets their turn when they end. Asking again offers nothing twice: what is offered is not free. Gives how many offers it made.
 */
export async function offerFreedTime(ctx: Context, time: FreedTime): Promise<Result<number, "forbidden">> {
  if (!may(ctx.actor, "waitlist.offer")) return refuse("forbidden");
  if (time.to <= ctx.now) return ok(0);
  const passed = new Set<string>();
  for (let made = 0; ; ) {
    const waiting = await readWaiting(ctx, time.doctorId);
    const slots = await freeSlots(ctx, time, waiting);
    const { isMade, wakesAt } = await offerFirst(ctx, slots, waiting, passed);
    if (isMade) made++;
    if (isMade && made < MOST) continue;
    const later = isMade ? ctx.now : wakesAt;
    if (later && later < time.to) await comeBack(ctx, time, later);
    return ok(made);
  }
}

/** Free times of each service that somebody waits for which lie in the freed time, in order of start. */
async function freeSlots(ctx: Context, { doctorId, from, to }: FreedTime, waiting: Waiting[]): Promise<Slot[]> {
  const [start, end] = [Math.floor(from.getTime() / 1_000), Math.ceil(to.getTime() / 1_000)];
  const serviceIds = [...new Set(waiting.map(({ wish }) => wish.serviceId))];
  const notice = await noticeOf(ctx, serviceIds);
  const all: Slot[] = [];
  for (const serviceId of serviceIds) {
    // A longer visit may begin before the freed time and reach into it.
    const found = await findFreeSlots(ctx, { serviceId, doctorIds: [doctorId], asked: { start: start - DAY, end } });
    for (const view of found ? slotViews(found) : []) {
      const slot = slotOf(view, serviceId, notice.get(serviceId) ?? 0);
      if (slot.end > start) all.push(slot);
    }
  }
  return all.sort((a, b) => a.start - b.start);
}

const slotOf = (view: SlotView, serviceId: string, noticeMinutes: number): Slot => ({
  ...{ serviceId, noticeMinutes, doctorId: view.doctorId, locationId: view.locationId, zone: view.timeZone },
  ...{ start: Date.parse(view.start) / 1_000, end: Date.parse(view.end) / 1_000 },
});

async function noticeOf(ctx: Context, serviceIds: string[]): Promise<Map<string, number>> {
  const rows = await withActor(
    ctx,
    ({ pg }) => pg<{ id: string; minutes: number }[]>`
      select id, min_notice_minutes as minutes from services where id = any(${serviceIds}::uuid[])`,
  );
  return new Map(rows.map(({ id, minutes }) => [id, minutes]));
}

/** Makes one offer, of the earliest time that somebody takes. `passed`: pairs that were tried in vain. */
async function offerFirst(ctx: Context, slots: Slot[], waiting: Waiting[], passed: Set<string>) {
  const now = Math.floor(ctx.now.getTime() / 1_000);
  let wakesAt: number | null = null;
  for (const slot of slots) {
    const until = offerUntil(now, slot.start - slot.noticeMinutes * MINUTE);
    if (until === null) continue;
    const key = timeKey(slot.doctorId, slot.start * 1_000);
    const turn = rank(
      waiting.map((one) => ({ ...one, hadThis: one.had.has(key) })),
      slot,
      now,
    );
    if (turn.wakesAt !== null) wakesAt = Math.min(wakesAt ?? turn.wakesAt, turn.wakesAt);
    for (const { entryId } of turn.ranked) {
      const pair = `${entryId} ${key}`;
      if (passed.has(pair)) continue;
      const made = await offer(ctx, entryId, slot, new Date(until * 1_000));
      if (made.ok) return { isMade: true, wakesAt: null };
      passed.add(pair);
      // Taken by somebody: no use to ask the others.
      if (made.code === "slot_unavailable") break;
    }
  }
  return { isMade: false, wakesAt: wakesAt === null ? null : new Date(wakesAt * 1_000) };
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
