import { type Tx, withActor } from "@/db/client";
import { type Result, refuse } from "@/lib/domain/result";
import { canTransition } from "@/lib/domain/status";
import type { Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { type ChangeRefusal, changeVisit, lockVisit } from "./change-visit";
import type { ChangeStatusInput } from "./schemas";
import type { AppointmentView } from "./views";
import { withRetries } from "./with-retries";

type Refusal = ChangeRefusal | "invalid_transition";

/** Staff follow a visit through the day; a doctor only their own. Only our own jobs record a past visit as fulfilled outright. */
export async function changeStatus(ctx: Context, input: ChangeStatusInput): Promise<Result<AppointmentView, Refusal>> {
  const { actor } = ctx;
  if (actor.kind === "anonymous") return refuse("unauthenticated");
  if (!mayAtAll(actor, "visit.follow")) return refuse("forbidden");
  return withRetries(() => withActor(ctx, (tx) => changeStatusIn(tx, ctx, input)));
}

/** One change within a transaction of the caller's; `isSilent` where nobody is to be told of it. */
export async function changeStatusIn(
  tx: Tx,
  ctx: Context,
  input: ChangeStatusInput,
  { isSilent = false }: { isSilent?: boolean } = {},
): Promise<Result<AppointmentView, Refusal>> {
  const visit = await lockVisit(tx, ctx, input.id);
  if (!visit || !may(ctx.actor, "visit.read", visit)) return refuse("not_found");
  // Staff may be patients here too, and see their own visits; to follow them through the day is another's part.
  if (!may(ctx.actor, "visit.follow", visit)) return refuse("forbidden");
  if (input.expectedVersion !== undefined && input.expectedVersion !== visit.version)
    return refuse("version_conflict", { detail: "The visit has been changed since it was read." });
  if (!canTransition(visit.status, input.status, { system: ctx.actor.kind === "system" }))
    return refuse("invalid_transition", {
      detail: `A visit that is ${visit.status} cannot become ${input.status}.`,
      data: { from: visit.status, to: input.status },
    });
  const value = await changeVisit(
    tx,
    ctx,
    visit,
    { status: input.status },
    {
      type: "appointment.status_changed",
      topic: isSilent ? null : "appointment.status_changed",
      data: { from: visit.status, to: input.status },
    },
  );
  return { ok: true, value };
}
