import { type Tx, withActor } from "@/db/client";
import { range } from "@/db/ranges";
import { judgeReschedule } from "@/lib/domain/policies";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { type BookingFacts, readFacts, type Wanted } from "./booking-facts";
import { type ChangeRefusal, changeVisit, type VisitForChange, visitToChange } from "./change-visit";
import { refusalOfConflict } from "./conflict";
import { type BookingRefusal, type Decision, judgeTime, notFound } from "./judge-booking";
import { letGo } from "./own-holds";
import { readVisitView } from "./read-visit";
import type { RescheduleAppointmentInput } from "./schemas";
import { type AppointmentView, iso } from "./views";
import { withRetries } from "./with-retries";

type Refusal = ChangeRefusal | BookingRefusal | "patient_busy" | "invalid_transition";

/**
 * Moves a booked visit to another time or doctor. It keeps its reference, and its confirmation is asked for anew. Asking for the time it has
 * already changes nothing. Refuses `policy_refused` (cut-off, number of moves; `data.phone` is whom to call), `slot_unavailable`,
 * `patient_busy`, `invalid_transition`, `version_conflict`, `not_found`, `forbidden`.
 */
export async function rescheduleAppointment(
  ctx: Context,
  input: RescheduleAppointmentInput,
): Promise<Result<AppointmentView, Refusal>> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  return withRetries(() => withActor(ctx, (tx) => moveIn(tx, ctx, input)).catch(refusalOfConflict));
}

/** One move within a transaction of the caller's. */
export async function moveIn(
  tx: Tx,
  ctx: Context,
  input: RescheduleAppointmentInput,
): Promise<Result<AppointmentView, Refusal>> {
  if (!(await lockPeople(tx, input))) return refuse("not_found");
  const locked = await visitToChange(tx, ctx, input, "visit.move");
  if (!locked.ok) return locked;
  const visit = locked.value;
  if (visit.status !== "booked")
    return refuse("invalid_transition", {
      detail: `A visit that is ${visit.status} cannot be moved.`,
      data: { from: visit.status },
    });
  const doctorId = input.doctorId ?? visit.doctorId;
  if (doctorId === visit.doctorId && input.start.getTime() === visit.startsAt.getTime())
    return { ok: true, value: await readVisitView(tx, ctx, visit.id) };

  const isStaff = may(ctx.actor, "visit.unbound", visit);
  const policy = isStaff ? { ok: true as const } : judgeReschedule(visit, visit, ctx.now);
  if (!policy.ok) return { ...policy, data: { ...policy.data, phone: visit.clinicPhone } };
  if (isStaff && !may(ctx.actor, "visit.book", { doctorId })) return refuse("forbidden");
  return moveTo(tx, ctx, visit, { input, doctorId });
}

/** Locks in the order that every mover keeps: doctors, then patient, each kind in id order. The visit itself comes after them. */
async function lockPeople(tx: Tx, { id, doctorId }: RescheduleAppointmentInput): Promise<boolean> {
  const [visit] = await tx.pg<{ doctor_id: string; patient_id: string | null }[]>`
    select doctor_id, patient_id from appointments where id = ${id}`;
  if (!visit) return false;
  await Promise.all([
    tx.pg`select 1 from doctors where id in (${visit.doctor_id}, ${doctorId ?? visit.doctor_id}) order by id for no key update`,
    tx.pg`select 1 from patients where id = ${visit.patient_id} for no key update`,
  ]);
  return true;
}

type Move = { input: RescheduleAppointmentInput; doctorId: string };

async function moveTo(
  tx: Tx,
  ctx: Context,
  visit: VisitForChange,
  { input, doctorId }: Move,
): Promise<Result<AppointmentView, Refusal>> {
  const wanted: Wanted = {
    serviceId: visit.serviceId,
    doctorId,
    start: input.start,
    patientId: visit.patientId,
    exceptId: visit.id,
  };
  const facts = await readFacts(tx, ctx, wanted);
  if ("missing" in facts) return notFound(facts.missing);
  if (!facts.reference.isDoctorActive) return notFound("doctorId");
  const holds = facts.ownHolds;
  const judge = (locationId?: string) =>
    judgeTime(
      ctx.actor,
      facts,
      { ...wanted, locationId },
      { now: ctx.now, holds, overrideReason: input.overrideReason },
    );
  // Where it was, if the doctor is there then.
  const here = facts.reference.places?.some(({ id, isActive }) => id === visit.locationId && isActive)
    ? judge(visit.locationId)
    : judge();
  const decision = here.ok && !here.isOverridden ? here : judge();
  if (!decision.ok) return decision;
  await letGo(tx, holds);
  return write(tx, ctx, visit, { input, doctorId, facts, decision });
}

async function write(
  tx: Tx,
  ctx: Context,
  visit: VisitForChange,
  { input, doctorId, decision }: Move & { facts: BookingFacts; decision: Decision },
): Promise<Result<AppointmentView, Refusal>> {
  const { busy, place } = decision;
  const span = range(busy.start, busy.end);
  const roomId = decision.rooms?.some(({ id }) => id === visit.roomId)
    ? visit.roomId
    : (decision.rooms?.[0]?.id ?? null);
  const rooms = [visit.roomId, roomId].filter((id): id is string => id !== null);
  // Executed in this order: a query that is not told to waits for its first `then`.
  const [, , value] = await Promise.all([
    rooms.length > 0 && tx.pg`select 1 from rooms where id in ${tx.pg(rooms)} order by id for no key update`.execute(),
    tx.pg`select release_expired_holds(${doctorId}, ${roomId}, ${visit.patientId}, ${span}, ${ctx.now})`.execute(),
    changeVisit(
      tx,
      ctx,
      visit,
      {
        doctor_id: doctorId,
        location_id: place.id,
        room_id: roomId,
        during: range(decision.visit.start, decision.visit.end),
        busy: span,
        confirmed_at: null,
        reschedule_count: visit.rescheduleCount + 1,
        ...(decision.isOverridden ? { override_reason: input.overrideReason ?? null } : {}),
      },
      {
        type: "appointment.rescheduled",
        topic: "appointment.rescheduled",
        data: {
          start: iso(decision.visit.start),
          from: iso(visit.startsAt),
          doctorId,
          locationId: place.id,
          ...(doctorId === visit.doctorId ? {} : { fromDoctorId: visit.doctorId }),
          ...(decision.isOverridden ? { isOverridden: true } : {}),
        },
      },
    ),
  ]);
  return { ok: true, value };
}
