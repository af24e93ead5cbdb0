import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import type { Channel } from "./ledger";

/** An address of a patient's that is written to no more. Only `bounced` is the clinic's to lift: `stop` was the patient's own word. */
export type StopView = { channel: Channel; reason: "stop" | "bounced"; since: string };

export async function listStops(
  ctx: Context,
  { patientId }: { patientId: string },
): Promise<Result<StopView[], "forbidden">> {
  if (!may(ctx.actor, "stop.keep")) return refuse("forbidden");
  const rows = await withActor(
    ctx,
    (tx) => tx.pg<Array<Omit<StopView, "since"> & { since: Date }>>`
      select channel, reason, created_at as since from channel_stops where patient_id = ${patientId} order by channel`,
  );
  return ok(rows.map((row) => ({ ...row, since: row.since.toISOString() })));
}

/** Lets messages go again to an address that was said not to exist. */
export async function liftStop(
  ctx: Context,
  { patientId, channel }: { patientId: string; channel: Channel },
): Promise<Result<undefined, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "stop.keep")) return refuse("forbidden");
  const { count } = await withActor(
    ctx,
    (tx) => tx.pg`
      delete from channel_stops where patient_id = ${patientId} and channel = ${channel} and reason = 'bounced'`,
  );
  return count > 0 ? ok() : refuse("not_found");
}
