import { type Tx, withActor } from "@/db/client";
import { refusalOfConflict } from "@/lib/appointments/conflict";
import { slotUnavailable } from "@/lib/appointments/refusals";
import { withRetries } from "@/lib/appointments/with-retries";
import { MINUTE } from "@/lib/domain/interval";
import { type Result, refuse } from "@/lib/domain/result";
import { offerUntil } from "@/lib/domain/waitlist";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { makeRound } from "./make-round";
import type { OfferByHandInput } from "./schemas";

type Wanted = { serviceId: string; minutes: number; noticeMinutes: number };

/**
 * Offers a free time to one who waits, out of turn: who does it has spoken with them, so neither their quiet hours nor the day's limit count, nor what
 * else they wished. Gives how many were asked. `conflict`: they are being asked for another time, have let this one go, or are busy then.
 */
export function offerByHand(ctx: Context, input: OfferByHandInput): Promise<Result<number>> {
  return withRetries(() => withActor(ctx, (tx) => offerIn(tx, ctx, input)).catch(refusalOfConflict));
}

async function offerIn(
  tx: Tx,
  ctx: Context,
  { id, doctorId, locationId, start }: OfferByHandInput,
): Promise<Result<number>> {
  if (!may(ctx.actor, "waitlist.assign")) return refuse("forbidden");
  const [wish] = await tx.pg<Wanted[]>`
    select e.service_id as "serviceId", s.duration_minutes as minutes, s.min_notice_minutes as "noticeMinutes"
    from waitlist_entries e join services s on s.id = e.service_id where e.id = ${id} and e.status = 'waiting'`;
  if (!wish) return refuse("not_found");
  const at = start.getTime() / 1_000;
  const until = offerUntil(Math.floor(ctx.now.getTime() / 1_000), at - wish.noticeMinutes * MINUTE);
  if (until === null) return slotUnavailable(["too_soon"]);
  const end = new Date(start.getTime() + wish.minutes * 60_000);
  const time = { serviceId: wish.serviceId, doctorId, locationId, start, end };
  return makeRound(tx, ctx, time, [{ entryId: id, dayStart: ctx.now }], {
    ...{ size: 1, expiresAt: new Date(until * 1_000) },
  });
}
