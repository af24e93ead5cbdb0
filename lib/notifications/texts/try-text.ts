import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { limitRequest, tooMany } from "@/lib/platform/rate-limit";
import { owe } from "../ledger";
import type { TextNameInput } from "./schemas";
import { TEXT_TRIAL, textAddress, textSpec } from "./text-kinds";

type Refusal = "forbidden" | "not_found" | "address_not_verified" | "rate_limited";

/**
 * Sends the text as it stands, marked as a trial, to the asking admin's own address and nowhere else. The worker sends it; its row of the
 * ledger is the admin's, about no patient.
 */
export async function tryText(ctx: Context, name: TextNameInput): Promise<Result<undefined, Refusal>> {
  const { actor } = ctx;
  if (actor.kind !== "user" || !may(actor, "text.keep")) return refuse("forbidden");
  if (name.channel !== "email" || !textSpec(name.kind, name.channel)) return refuse("not_found");
  const limit = await limitRequest("trial", actor.userId);
  if (!limit.allowed) return tooMany(limit);
  return withActor(ctx, async (tx) => {
    const [account] = await tx.pg`select from users where id = ${actor.userId} and email_verified_at is not null`;
    if (!account) return refuse("address_not_verified");
    const whose = { userId: actor.userId, patientId: null, appointmentId: null, appointmentVersion: null };
    const row = { id: uuidv7(), kind: TEXT_TRIAL, step: textAddress(name), channel: name.channel, ...whose };
    // Each trial is one of its own: no event asked for it, so it gets a number where that would stand.
    await owe(tx, [{ ...row, eventId: uuidv7(), dueAt: ctx.now }]);
    return ok();
  });
}
