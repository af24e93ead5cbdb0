import { withActor } from "@/db/client";
import type { Context } from "@/lib/platform/context";

const HOUR_MS = 3_600_000;

/** The location with the most visits under way or due within four hours, as far as the caller sees them; null where there are none. */
export const placeAtWork = (ctx: Context): Promise<string | null> =>
  withActor(ctx, async ({ pg }) => {
    const from = new Date(ctx.now.getTime() - HOUR_MS);
    const until = new Date(ctx.now.getTime() + 4 * HOUR_MS);
    const [place] = await pg<{ id: string }[]>`select location_id as id from appointments
      where starts_at between ${from} and ${until} and status in ('booked', 'arrived', 'checked_in', 'in_progress')
      group by location_id order by count(*) desc, location_id limit 1`;
    return place?.id ?? null;
  });
