import { asc, eq } from "drizzle-orm";
import { withActor } from "@/db/client";
import { recalls } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { recallColumns } from "./columns";
import { isStillAway, recallConsent } from "./still-away";
import type { RecallCounts, RecallView } from "./views";

/** Every recall by name, with how many it finds now. */
export async function listRecalls(ctx: Context): Promise<Result<RecallCounts[], "forbidden">> {
  if (!may(ctx.actor, "recall.keep")) return refuse("forbidden");
  return withActor(ctx, async ({ pg }) => {
    const rows = await pg<(Omit<RecallCounts, "lookedAt"> & { lookedAt: Date | null })[]>`
      select l.id, l.name, l.service_id as "serviceId", l.months, l.counts_any_visit as "countsAnyVisit", l.doctor_id as "doctorId",
        l.location_id as "locationId", l.min_age as "minAge", l.max_age as "maxAge", l.active, l.version, l.looked_at as "lookedAt", s.name as service,
        found.due, found.agreed, found.asked
      from recalls l join services s on s.id = l.service_id cross join lateral (
        select count(*)::int as due, count(*) filter (where ${recallConsent(pg)})::int as agreed,
          count(*) filter (where r.asked_at > ${ctx.now}::timestamptz - make_interval(months => l.months))::int as asked
        from recall_patients r where r.recall_id = l.id and ${isStillAway(pg)}) found
      order by l.name, l.id`;
    return ok(rows.map(({ lookedAt, ...row }) => ({ ...row, lookedAt: lookedAt?.toISOString() ?? null })));
  });
}

export async function getRecall(
  ctx: Context,
  { id }: { id: string },
): Promise<Result<RecallView, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "recall.keep")) return refuse("forbidden");
  const [row] = await withActor(ctx, ({ db }) => db.select(recallColumns).from(recalls).where(eq(recalls.id, id)));
  return row ? ok(row) : refuse("not_found");
}

/** What reception's table is filtered by. */
export async function recallNames(ctx: Context): Promise<{ id: string; name: string }[]> {
  if (!may(ctx.actor, "recall.table")) return [];
  return withActor(ctx, ({ db }) =>
    db
      .select({ id: recalls.id, name: recalls.name })
      .from(recalls)
      .where(eq(recalls.active, true))
      .orderBy(asc(recalls.name)),
  );
}
