import type postgres from "postgres";
import { type Tx, withActor } from "@/db/client";
import { type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { badCursor } from "@/lib/platform/refusals";
import { type ListAppointmentsInput, listAppointmentsInput } from "./schemas";
import { type AppointmentView, appointmentView, type DetailsRow, iso, type VisitView } from "./views";
import { visible } from "./visible";
import { type VisitRow, visitRows, visitView } from "./visit-view";

export type Page<T> = { items: T[]; nextCursor: string | null };

const DAY_MS = 86_400_000;
/** No clock on earth is further from UTC. */
const MAX_OFFSET_MS = 14 * 3_600_000;
const isDateOnly = (text: string) => text.length === 10;

/** Starts from `from`. A date means the day at the visit's location; the coarse bound lets the index work. */
function since(pg: postgres.TransactionSql, from: string) {
  if (!isDateOnly(from)) return pg`v.starts_at >= ${new Date(from)}`;
  const coarse = new Date(Date.parse(`${from}T00:00:00Z`) - MAX_OFFSET_MS);
  return pg`v.starts_at >= ${coarse} and (v.starts_at at time zone v.time_zone)::date >= ${from}::date`;
}

function until(pg: postgres.TransactionSql, to: string) {
  if (!isDateOnly(to)) return pg`v.starts_at < ${new Date(to)}`;
  const coarse = new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS + MAX_OFFSET_MS);
  return pg`v.starts_at < ${coarse} and (v.starts_at at time zone v.time_zone)::date <= ${to}::date`;
}

/** What a list is narrowed to; holds only where `status` asks for them. */
export function visitFilters(
  pg: postgres.TransactionSql,
  ctx: Context,
  input: Partial<Omit<ListAppointmentsInput, "limit" | "cursor" | "order">>,
) {
  const conditions = [visible(pg, ctx)];
  conditions.push(input.status ? pg`v.status = any(${input.status})` : pg`v.status <> 'held'`);
  if (input.from) conditions.push(since(pg, input.from));
  if (input.to) conditions.push(until(pg, input.to));
  if (input.doctorId) conditions.push(pg`v.doctor_id = ${input.doctorId}`);
  if (input.patientId) conditions.push(pg`v.patient_id = ${input.patientId}`);
  if (input.locationId) conditions.push(pg`v.location_id = ${input.locationId}`);
  return conditions.reduce((all, one) => pg`${all} and ${one}`);
}

function afterCursor(pg: postgres.TransactionSql, { cursor, order }: ListAppointmentsInput) {
  if (!cursor) return pg``;
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at !== "string" || typeof id !== "string" || Number.isNaN(Date.parse(at)) || !UUID.test(id)) return null;
  return order === "asc"
    ? pg`and (v.starts_at, v.id) > (${new Date(at)}, ${id}::uuid)`
    : pg`and (v.starts_at, v.id) < (${new Date(at)}, ${id}::uuid)`;
}
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

async function pageOf<Row extends { starts_at: Date; id: string }, View>(
  tx: Tx,
  ctx: Context,
  input: ListAppointmentsInput,
  view: (row: Row) => View,
): Promise<Result<Page<View>, "validation_failed">> {
  const { pg } = tx;
  const after = afterCursor(pg, input);
  if (after === null) return badCursor();
  const way = input.order === "asc" ? pg`asc` : pg`desc`;
  const rows = await pg<Row[]>`${visitRows(pg)} where ${visitFilters(pg, ctx, input)} ${after}
    order by v.starts_at ${way}, v.id ${way} limit ${input.limit + 1}`;
  const { items, nextCursor } = page([...rows], input.limit, (row) => [iso(row.starts_at), row.id]);
  return { ok: true, value: { items: items.map(view), nextCursor } };
}

export type ListRefusal = "unauthenticated" | "validation_failed";

/** Visits that the caller may see, in order of start; holds only where `status` asks for them. */
export async function listAppointments(
  ctx: Context,
  input: ListAppointmentsInput,
): Promise<Result<Page<AppointmentView>, ListRefusal>> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  return withActor(ctx, (tx) => pageOf(tx, ctx, input, (row: DetailsRow) => appointmentView(row, ctx.actor)));
}

/** The same list with all that the faces' tables show. */
export async function listVisits(
  ctx: Context,
  input: Partial<ListAppointmentsInput>,
): Promise<Result<Page<VisitView>, ListRefusal>> {
  if (ctx.actor.kind === "anonymous") return refuse("unauthenticated");
  const whole = { ...listAppointmentsInput.parse({}), ...input };
  return withActor(ctx, (tx) => pageOf(tx, ctx, whole, (row: VisitRow) => visitView(row, ctx)));
}
