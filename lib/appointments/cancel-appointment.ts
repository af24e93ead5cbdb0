import { type Tx, withActor } from "@/db/client";
import { judgeCancel } from "@/lib/domain/policies";
import { type Result, refuse } from "@/lib/domain/result";
import { canTransition, isUpcoming } from "@/lib/domain/status";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { type ChangeRefusal, changeVisit, visitToChange } from "./change-visit";
import type { CancelAppointmentInput } from "./schemas";
import { type AppointmentView, iso } from "./views";
import { withRetries } from "./with-retries";

type Refusal = ChangeRefusal | "policy_refused" | "invalid_transition";

/**
 * Cancels a visit; its time is free at once. Patients only until the service's cut-off: `policy_refused` then says why, with the clinic's
 * number in `data.phone`. Staff are not bound by it.
 */
export function cancelAppointment(
  ctx: Context,
  input: CancelAppointmentInput,
): Promise<Result<AppointmentView, Refusal>> {
  return withRetries(() => withActor(ctx, (tx) => cancel(tx, ctx, input)));
}

async function cancel(tx: Tx, ctx: Context, input: CancelAppointmentInput): Promise<Result<AppointmentView, Refusal>> {
  const locked = await visitToChange(tx, ctx, input, "visit.cancel");
  if (!locked.ok) return locked;
  const visit = locked.value;
  const isStaff = may(ctx.actor, "visit.unbound", visit);
  if (!canTransition(visit.status, "cancelled") || (!isStaff && !isUpcoming(visit.status)))
    return refuse("invalid_transition", {
      detail: `A visit that is ${visit.status} cannot be cancelled.`,
      data: { from: visit.status, to: "cancelled" },
    });
  const policy = isStaff ? { ok: true as const } : judgeCancel(visit, visit, ctx.now);
  if (!policy.ok) return { ...policy, data: { ...policy.data, phone: visit.clinicPhone } };

  const isHold = visit.status === "held";
  const value = await changeVisit(
    tx,
    ctx,
    visit,
    { status: "cancelled", cancelled_at: ctx.now, cancel_reason: input.reason ?? null },
    {
      type: isHold ? "appointment.hold_released" : "appointment.cancelled",
      // Nobody was told of a hold, so nobody is told of its end.
      topic: isHold ? null : "appointment.cancelled",
      data: { start: iso(visit.startsAt), from: visit.status, by: isStaff ? "clinic" : "patient" },
    },
  );
  return { ok: true, value };
}
