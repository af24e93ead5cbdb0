import { uuidv7 } from "uuidv7";
import { actorSettings, type On } from "@/db/client";
import { range } from "@/db/ranges";
import type { Refused } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import type { Topic } from "@/lib/platform/outbox";
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

type Attempt = { created_at: Date | null; is_doctor_busy: boolean; is_room_busy: boolean };

/** Visit, event and outbox row by one statement, all or none; where a constraint refused it, who is busy. */
async function tryToWrite(
  on: On,
  ctx: Context,
  draft: VisitDraft,
  roomId: string | null,
): Promise<{ written: Written } | { written: null; isDoctorBusy: boolean; isRoomBusy: boolean }> {
  const id = uuidv7();
  const reference = newReference();
  const topic: Topic | null = draft.status === "booked" ? "appointment.booked" : null;
  const data = {
    start: draft.visit.start.toISOString(),
    doctorId: draft.doctorId,
    locationId: draft.locationId,
    ...(draft.overrideReason ? { isOverridden: true } : {}),
  };
  const [row] = await on.pg<Attempt[]>`
    select written as created_at, is_doctor_busy, is_room_busy
    from write_visit(${actorSettings(ctx.actor, ctx.requestId)}, ${id}, ${reference}, ${draft.status}, ${draft.serviceId}, ${draft.doctorId},
      ${draft.locationId}, ${roomId}, ${draft.patientId}, ${range(draft.visit.start, draft.visit.end)}, ${range(draft.busy.start, draft.busy.end)},
      ${draft.reason ?? null}, ${draft.overrideReason ?? null}, ${draft.videoUrl ?? null}, ${draft.holdExpiresAt ?? null}, ${draft.seriesId ?? null},
      ${draft.externalId ?? null}, ${ctx.now}, ${uuidv7()}, ${topic ?? "appointment.held"}, ${JSON.stringify(data)}, ${uuidv7()}, ${draft.isSilent ? null : topic})`;
  if (!row) throw new Error("write_visit returned no row");
  return row.created_at
    ? { written: { id, reference, roomId, createdAt: row.created_at } }
    : { written: null, isDoctorBusy: row.is_doctor_busy, isRoomBusy: row.is_room_busy };
}

/**
 * Writes the visit in the first of `rooms` that takes it. `doctor_busy` outranks `no_room`, which outranks `patient_busy`; a reference
 * that is taken already is drawn again.
 * @param rooms ids of rooms that looked free; null where none is needed
 */
export async function takeTime(
  on: On,
  ctx: Context,
  draft: VisitDraft,
  rooms: readonly string[] | null,
): Promise<{ ok: true; value: Written } | Refused<"slot_unavailable" | "patient_busy">> {
  const candidates: (string | null)[] = rooms ? [...rooms] : [null];
  let isSecondReference = false;
  for (let next = 0; next < candidates.length; ) {
    const attempt = await tryToWrite(on, ctx, draft, candidates[next] ?? null);
    if (attempt.written) return { ok: true, value: attempt.written };
    if (attempt.isDoctorBusy) return slotUnavailable(["doctor_busy"]);
    if (attempt.isRoomBusy) next++;
    // Neither doctor nor room: the reference, or the patient. A second reference tells which.
    else if (isSecondReference) return patientBusy();
    else isSecondReference = true;
  }
  return slotUnavailable(["no_room"]);
}
