import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { range } from "@/db/ranges";
import type { Refused } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import type { Topic } from "@/lib/platform/outbox";
import { eventActor } from "./acting";
import { newReference } from "./reference";
import { patientBusy, slotUnavailable } from "./refusals";

type Span = { start: Date; end: Date };

/** A visit or a hold about to be written. */
export type VisitDraft = {
  status: "booked" | "held";
  serviceId: string;
  doctorId: string;
  locationId: string;
  patientId: string | null;
  visit: Span;
  busy: Span;
  reason?: string | null;
  overrideReason?: string | null;
  videoUrl?: string | null;
  holdExpiresAt?: Date | null;
  seriesId?: string | null;
  externalId?: string | null;
  /** Writes no message into the outbox. */
  isSilent?: boolean;
};

export type Written = { id: string; reference: string; roomId: string | null; createdAt: Date };

type InsertedRow = { created_at: Date };

/**
 * Visit, event and outbox row as one statement. No row comes back where a constraint refused it: unlike a caught 23P01, that
 * neither waits for other losers nor ends the transaction.
 */
export function insertVisit(tx: Tx, ctx: Context, draft: VisitDraft, roomId: string | null) {
  const id = uuidv7();
  const reference = newReference();
  const by = eventActor(ctx);
  const topic: Topic | null = draft.status === "booked" ? "appointment.booked" : null;
  const message = draft.isSilent ? null : topic;
  const data = {
    start: draft.visit.start.toISOString(),
    doctorId: draft.doctorId,
    locationId: draft.locationId,
    ...(draft.overrideReason ? { isOverridden: true } : {}),
  };
  const query = tx.pg<InsertedRow[]>`
    with visit as (
      insert into appointments (id, reference, status, service_id, doctor_id, location_id, room_id, patient_id, during, busy, reason,
        override_reason, video_url, hold_expires_at, series_id, external_id, created_by_user_id, requested_at)
      values (${id}, ${reference}, ${draft.status}, ${draft.serviceId}, ${draft.doctorId}, ${draft.locationId}, ${roomId}, ${draft.patientId},
        ${range(draft.visit.start, draft.visit.end)}, ${range(draft.busy.start, draft.busy.end)}, ${draft.reason ?? null},
        ${draft.overrideReason ?? null}, ${draft.videoUrl ?? null}, ${draft.holdExpiresAt ?? null}, ${draft.seriesId ?? null},
        ${draft.externalId ?? null}, ${by.userId}, ${ctx.now})
      on conflict do nothing
      returning id, created_at),
    event as (
      insert into appointment_events (id, appointment_id, type, version, actor_kind, actor_user_id, data, at)
      select ${uuidv7()}::uuid, id, ${topic ?? "appointment.held"}, 1, ${by.kind}, ${by.userId}::uuid, ${data as never}::jsonb, ${ctx.now}::timestamptz from visit),
    message as (
      insert into outbox (id, topic, payload)
      select ${uuidv7()}::uuid, ${message}, jsonb_build_object('appointmentId', id, 'version', 1) from visit where ${message}::text is not null)
    select created_at from visit`;
  const read = ([row]: InsertedRow[]): Written | null =>
    row ? { id, reference, roomId, createdAt: row.created_at } : null;
  return { query, read };
}

type InTheWay = { released: number; doctor: boolean; room: boolean };

/** Sweeps holds that have run out from the wanted time, and says who is busy in it. */
async function whatIsInTheWay(tx: Tx, ctx: Context, draft: VisitDraft, roomId: string | null): Promise<InTheWay> {
  const span = range(draft.busy.start, draft.busy.end);
  const [row] = await tx.pg<InTheWay[]>`
    select release_expired_holds(${draft.doctorId}, ${roomId}, ${draft.patientId}, ${span}, ${ctx.now}) as released,
      exists (select from doctor_busy(array[${draft.doctorId}::uuid], ${span}, ${ctx.now})) as doctor,
      exists (select from room_busy(array[${roomId}::uuid], ${span}, ${ctx.now})) as room`;
  if (!row) throw new Error("conflict query returned no row");
  return row;
}

const MAX_TRIES = 5;

/**
 * Writes the visit in the first of `rooms` that takes it. `doctor_busy` outranks `no_room`, which outranks `patient_busy`; a reference
 * that is taken already is drawn again.
 * @param rooms ids of rooms that looked free; null where none is needed
 */
export async function takeTime(
  tx: Tx,
  ctx: Context,
  draft: VisitDraft,
  rooms: readonly string[] | null,
): Promise<{ ok: true; value: Written } | Refused<"slot_unavailable" | "patient_busy">> {
  const candidates: (string | null)[] = rooms ? [...rooms] : [null];
  for (let tries = 0, next = 0; tries < MAX_TRIES + candidates.length; tries++) {
    const roomId = candidates[next] ?? null;
    const insert = insertVisit(tx, ctx, draft, roomId);
    const written = insert.read(await insert.query);
    if (written) return { ok: true, value: written };

    const found = await whatIsInTheWay(tx, ctx, draft, roomId);
    if (found.released > 0) continue;
    if (found.doctor) return slotUnavailable(["doctor_busy"]);
    if (!found.room) {
      // Neither doctor nor room: the reference, or the patient. A second reference tells which.
      if (tries > 0) return patientBusy();
    } else if (++next >= candidates.length) return slotUnavailable(["no_room"]);
  }
  return slotUnavailable(["doctor_busy"]);
}
