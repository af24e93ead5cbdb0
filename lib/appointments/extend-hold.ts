import { withActor } from "@/db/client";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { type ChangeRefusal, changeVisit } from "./change-visit";
import { holdMs } from "./hold-limits";
import { holdToChange } from "./hold-to-change";
import type { HoldIdInput } from "./schemas";
import { type HoldView, iso } from "./views";

/** Five minutes more, once. Refuses `policy_refused` the second time, `not_found` for a hold that has run out. */
export function extendHold(
  ctx: Context,
  { id }: HoldIdInput,
): Promise<Result<HoldView, ChangeRefusal | "policy_refused">> {
  return withActor(ctx, async (tx) => {
    const found = await holdToChange(tx, ctx, id);
    if (!found.ok) return found;
    const hold = found.value;
    if (hold.holdExtended)
      return refuse("policy_refused", { detail: "A hold is extended once.", data: { reason: "already_extended" } });

    const expiresAt = new Date((hold.holdExpiresAt ?? ctx.now).getTime() + holdMs);
    const view = await changeVisit(
      tx,
      ctx,
      hold,
      { hold_expires_at: expiresAt, hold_extended: true },
      { type: "appointment.hold_extended", topic: null, data: { expiresAt: iso(expiresAt) } },
    );
    const { serviceId, doctorId, locationId, patientId } = hold;
    const { start, end, timeZone } = view;
    const value = { id, start, end, expiresAt: iso(expiresAt), timeZone, serviceId, doctorId, locationId, patientId };
    return { ok: true as const, value };
  });
}
