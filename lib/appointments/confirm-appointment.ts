import { type Tx, withActor } from "@/db/client";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type ChangeRefusal, changeVisit, visitToChange } from "./change-visit";
import { readVisitView } from "./read-visit";
import type { ConfirmAppointmentInput } from "./schemas";
import { type AppointmentView, iso } from "./views";
import { withRetries } from "./with-retries";

type Refusal = ChangeRefusal | "invalid_transition";

/** The patient, who acts for them, or staff on their word say that they are coming. Saying it twice changes nothing. */
export function confirmAppointment(
  ctx: Context,
  input: ConfirmAppointmentInput,
): Promise<Result<AppointmentView, Refusal>> {
  return withRetries(() => withActor(ctx, (tx) => confirm(tx, ctx, input)));
}

async function confirm(
  tx: Tx,
  ctx: Context,
  input: ConfirmAppointmentInput,
): Promise<Result<AppointmentView, Refusal>> {
  const locked = await visitToChange(tx, ctx, input, "visit.move");
  if (!locked.ok) return locked;
  const visit = locked.value;
  if (visit.status !== "booked")
    return refuse("invalid_transition", {
      detail: `A visit that is ${visit.status} cannot be confirmed.`,
      data: { from: visit.status },
    });
  if (visit.confirmedAt) return { ok: true, value: await readVisitView(tx, ctx, visit.id) };
  const value = await changeVisit(
    tx,
    ctx,
    visit,
    { confirmed_at: ctx.now },
    { type: "appointment.confirmed", topic: "appointment.confirmed", data: { start: iso(visit.startsAt) } },
  );
  return { ok: true, value };
}
