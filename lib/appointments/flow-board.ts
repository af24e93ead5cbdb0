import type postgres from "postgres";
import { withActor } from "@/db/client";
import { type Result, refuse } from "@/lib/domain/result";
import type { Status } from "@/lib/domain/status";
import { dayBounds, localDate } from "@/lib/domain/zone";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { visitFilters } from "./list-appointments";
import { iso, type VisitView } from "./views";
import { counted } from "./visit-table";
import { type VisitRow, visitRows, visitView } from "./visit-view";

const COLUMNS = ["booked", "arrived", "checked_in", "in_progress", "done"] as const;
type ColumnId = (typeof COLUMNS)[number];
const SHOWN: Status[] = ["booked", "arrived", "checked_in", "in_progress", "fulfilled", "no_show", "cancelled"];

/** `since` is when the visit got the status that it has. */
export type BoardVisit = VisitView & { since: string };
/** `count` is of all visits that are there, `visits` those that are shown. */
export type BoardColumn<Visit> = { id: ColumnId; count: number; visits: Visit[] };
type Ranked = { id: string; column: ColumnId; count: number };

/**
 * A day's visits by where they are, at most `most` in each column: of those to come the next, of those that are over the last. The whole `date` at each
 * place, today by the calendar of each where none is named; `zones` are those of the places.
 */
export async function flowBoard(
  ctx: Context,
  input: { locationId?: string | undefined; date?: string | undefined; zones: readonly string[]; most: number },
): Promise<Result<BoardColumn<BoardVisit>[], "forbidden">> {
  if (!may(ctx.actor, "visit.table")) return refuse("forbidden");
  return withActor(ctx, async ({ pg }) => {
    const ranked = await rankedVisits(pg, ctx, input);
    const ids = ranked.map(({ id }) => id);
    const [rows, since] = await Promise.all([
      pg<VisitRow[]>`${visitRows(pg)} where v.id = any(${ids}::uuid[])`,
      pg<{ id: string; at: Date }[]>`select appointment_id as id, max(at) as at from appointment_events
        where appointment_id = any(${ids}::uuid[]) and type in ('appointment.booked', 'appointment.status_changed', 'appointment.cancelled')
        group by 1`,
    ]);
    const at = new Map(since.map((row) => [row.id, iso(row.at)]));
    const visits = new Map(rows.map((row) => [row.id, visitView(row, ctx)]));
    const boardVisit = ({ id }: Ranked): BoardVisit[] => {
      const visit = visits.get(id);
      return visit ? [{ ...visit, since: at.get(id) ?? visit.createdAt }] : [];
    };
    const columns = COLUMNS.map((id) => {
      const here = ranked.filter(({ column }) => column === id);
      return { id, count: here[0]?.count ?? 0, visits: here.flatMap(boardVisit) };
    });
    return { ok: true as const, value: columns };
  });
}

/** What was called off is the least of what is over. */
function rankedVisits(
  pg: postgres.TransactionSql,
  ctx: Context,
  { locationId, date, zones, most }: Parameters<typeof flowBoard>[1],
) {
  const filters = visitFilters(pg, ctx, { locationId, status: SHOWN, ...(date ? { from: date, to: date } : {}) });
  const day = date ? pg`` : pg`and ${isToday(pg, zones, ctx.now)}`;
  const column = pg`case when v.status in ('fulfilled', 'no_show', 'cancelled') then 'done' else v.status::text end`;
  return pg<Ranked[]>`
    select id, "column", count from (
      select v.id, ${column} as "column", count(*) over (partition by ${column})::int as count, row_number() over (partition by ${column}
        order by v.status = 'cancelled', case when ${column} = 'done' then -extract(epoch from v.starts_at) else extract(epoch from v.starts_at) end, v.id) as place
      from ${counted(pg)} v where ${filters} ${day}) ranked
    where place <= ${most} order by place`;
}

/** The bounds let the index work: nowhere has today begun before the one, or ends after the other. */
function isToday(pg: postgres.TransactionSql, zones: readonly string[], now: Date) {
  const seconds = now.getTime() / 1_000;
  const days = (zones.length > 0 ? zones : ["UTC"]).map((zone) => dayBounds(localDate(seconds, zone), zone));
  const from = new Date(Math.min(...days.map(({ start }) => start)) * 1_000);
  const until = new Date(Math.max(...days.map(({ end }) => end)) * 1_000);
  return pg`v.starts_at >= ${from} and v.starts_at < ${until}
    and (v.starts_at at time zone v.time_zone)::date = (${now}::timestamptz at time zone v.time_zone)::date`;
}
