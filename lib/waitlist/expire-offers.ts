import { withActor } from "@/db/client";
import { withRetries } from "@/lib/appointments/with-retries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { answerOffer, lockOffer } from "./answer-offer";

const BATCH = 100;

/** A job: ends offers that nobody has answered in time, so that the next in turn is asked, and wishes whose days are over. Gives how many. */
export async function expireOffers(ctx: Context): Promise<Result<number, "forbidden">> {
  if (!may(ctx.actor, "waitlist.offer")) return refuse("forbidden");
  const due = await withActor(
    ctx,
    ({ pg }) => pg<{ id: string }[]>`
      select id from waitlist_offers where status = 'open' and expires_at <= ${ctx.now} order by expires_at limit ${BATCH}`,
  );
  let ended = 0;
  for (const { id } of due) if (await withRetries(() => expire(ctx, id))) ended++;
  return ok(ended + (await lapse(ctx)));
}

const expire = (ctx: Context, id: string): Promise<boolean> =>
  withActor(ctx, async (tx) => {
    // Accepted, declined or ended by another worker while this one waited.
    const offer = await lockOffer(tx, id);
    if (offer?.status !== "open") return false;
    await answerOffer(tx, ctx, offer, "expired");
    return true;
  });

/** Wishes whose last day is over everywhere on earth, or whose visit is no longer to come. */
const lapse = (ctx: Context): Promise<number> =>
  withActor(ctx, async ({ pg }) => {
    const { count } = await pg`
      update waitlist_entries e set status = 'lapsed', ended_at = ${ctx.now}, updated_at = ${ctx.now}, version = version + 1
      where e.status = 'waiting' and not exists (select from waitlist_offers o where o.entry_id = e.id and o.status = 'open')
        and (e.to_date < (${ctx.now}::timestamptz at time zone 'Etc/GMT+12')::date or exists (select from appointments a
          where a.id = e.earlier_than_id and (a.status <> 'booked' or a.starts_at <= ${ctx.now})))`;
    return count;
  });
