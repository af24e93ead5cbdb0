import type postgres from "postgres";
import { withActor } from "@/db/client";
import { MOST_COUNTED } from "@/lib/domain/most-counted";
import { type Result, refuse } from "@/lib/domain/result";
import { dayBounds, localDate } from "@/lib/domain/zone";
import { searchPatients } from "@/lib/patients/search-patients";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { visitFilters } from "./list-appointments";
import { normaliseReference } from "./reference";
import type { ListAppointmentsInput } from "./schemas";
import type { VisitView } from "./views";
import { type VisitRow, visitRows, visitView } from "./visit-view";

export const VISIT_SORTS = ["start", "patient", "doctor", "service", "location", "status"] as const;
export type VisitSort = (typeof VISIT_SORTS)[number];

export type VisitTableInput = Partial<Omit<ListAppointmentsInput, "limit" | "cursor" | "order">> & {
  /** A patient as people search for one, or a visit's reference. */
  query?: string | undefined;
  /** Part of a doctor's name. */
  doctorName?: string | undefined;
  /** From today on, or before it, by the calendar of each visit's place; `zones` are those of all places that may be in it. */
  period?: { when: "upcoming" | "past"; zones: readonly string[] } | undefined;
  sort: VisitSort;
  descending: boolean;
  /** From 1. */
  page: number;
  size: number;
};

/** More people than this fit no search that somebody means. */
const MAX_PEOPLE = 200;

const ORDER: Record<VisitSort, readonly string[]> = {
  start: ["starts_at"],
  patient: ["patient_family_name", "patient_given_name"],
  doctor: ["doctor_name"],
  service: ["service_name"],
  location: ["location_name"],
  status: ["status"],
};

/** What the filters ask of; names are not joined to visits that are only counted. */
export const counted = (pg: postgres.TransactionSql) =>
  pg`(select a.*, l.time_zone from appointments a join locations l on l.id = a.location_id)`;

function ofDoctor(pg: postgres.TransactionSql, name: string | undefined) {
  if (!name) return pg``;
  const pattern = `%${name.trim().replace(/[\\%_]/g, "\\$&")}%`;
  return pg`and v.doctor_id in (select id from doctors where name ilike ${pattern})`;
}

/** The bound lets the index work: nowhere has today begun before, or begins after. */
function inPeriod(pg: postgres.TransactionSql, period: VisitTableInput["period"], now: Date) {
  if (!period) return pg``;
  const seconds = now.getTime() / 1_000;
  const midnights = period.zones.map((zone) => dayBounds(localDate(seconds, zone), zone).start * 1_000);
  const date = pg`(v.starts_at at time zone v.time_zone)::date`;
  const today = pg`(${now}::timestamptz at time zone v.time_zone)::date`;
  return period.when === "past"
    ? pg`and v.starts_at < ${new Date(Math.max(...midnights))} and ${date} < ${today}`
    : pg`and v.starts_at >= ${new Date(Math.min(...midnights))} and ${date} >= ${today}`;
}

/** Visits for a table of staff: by page number, in any order, with how many there are. A doctor gets their own. */
export async function visitTable(
  ctx: Context,
  { query, doctorName, period, sort, descending, page, size, ...filters }: VisitTableInput,
): Promise<Result<{ items: VisitView[]; total: number }, "forbidden" | "validation_failed">> {
  if (!may(ctx.actor, "visit.table")) return refuse("forbidden");
  const people = query ? await searchPatients(ctx, { query, limit: MAX_PEOPLE }) : null;
  if (people && !people.ok) return people;
  return withActor(ctx, async ({ pg }) => {
    const fits = people
      ? pg`and (v.patient_id = any(${people.value.items.map(({ id }) => id)}::uuid[]) or v.reference = ${normaliseReference(query ?? "")})`
      : pg``;
    const where = pg`${visitFilters(pg, ctx, filters)} ${fits} ${ofDoctor(pg, doctorName)} ${inPeriod(pg, period, ctx.now)}`;
    const way = descending ? pg`desc` : pg`asc`;
    const order = [...ORDER[sort], ...(sort === "start" ? ["id"] : ["starts_at", "id"])]
      .map((column) => pg`v.${pg(column)} ${way}`)
      .reduce((all, one) => pg`${all}, ${one}`);
    const [count, rows] = await Promise.all([
      pg<
        { total: number }[]
      >`select count(*)::int as total from (select 1 from ${counted(pg)} v where ${where} limit ${MOST_COUNTED + 1}) counted`,
      pg<VisitRow[]>`${visitRows(pg)} where ${where} order by ${order} limit ${size} offset ${(page - 1) * size}`,
    ]);
    return { ok: true as const, value: { items: rows.map((row) => visitView(row, ctx)), total: count[0]?.total ?? 0 } };
  });
}
