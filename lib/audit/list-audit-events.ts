import { and, desc, eq, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { auditLog, users } from "@/db/schema";
import type { Page } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { countUpTo } from "@/lib/platform/count-up-to";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE, type ListInput } from "@/lib/platform/fields";
import { may } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import { byAccount, ofPatient } from "./people-words";
import type { listAuditEventsInput, PeopleWords, TablePage } from "./schemas";
import type { AuditEventView } from "./views";

type Input = ListInput<typeof listAuditEventsInput>;

/** What was changed, the latest first; admins only. */
export async function listAuditEvents(
  ctx: Context,
  input: Input,
): Promise<Result<Page<AuditEventView>, "forbidden" | "validation_failed">> {
  if (!may(ctx.actor, "audit.read")) return refuse("forbidden");
  const after = input.cursor === undefined ? undefined : readCursor(input.cursor);
  if (after === null) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const rows = await withActor(ctx, (tx) =>
    tx.db
      .select({ event: auditLog, name: users.displayName, at: sql<string>`${auditLog.at}::text` })
      .from(auditLog)
      .leftJoin(users, eq(users.id, auditLog.userId))
      .where(and(filtersOf(input), after && sql`${order(input)} < ${order(input, after)}`))
      .orderBy(...latestFirst(input))
      .limit(limit + 1),
  );
  const { items, nextCursor } = page(rows, limit, ({ event, at }) => [event.id, at]);
  return ok({ items: items.map(({ event, name }) => viewOf(event, name)), nextCursor });
}

type After = { id: number; at: string };

function readCursor(text: string): After | null {
  const [id, at, ...more] = decodeCursor(text) ?? [];
  const fine = Number.isSafeInteger(id) && typeof at === "string" && !Number.isNaN(Date.parse(at)) && more.length === 0;
  return fine ? { id: Number(id), at } : null;
}

/** Within a span of time the index of time leads there; by id alone everything since would be walked through. */
const isByTime = ({ from, to }: Pick<Input, "from" | "to">) => from !== undefined || to !== undefined;

function order(input: Pick<Input, "from" | "to">, at?: After) {
  if (!isByTime(input)) return at ? sql`${at.id}::bigint` : sql`${auditLog.id}`;
  return at ? sql`(${at.at}::timestamptz, ${at.id}::bigint)` : sql`(${auditLog.at}, ${auditLog.id})`;
}

const latestFirst = (input: Pick<Input, "from" | "to">) =>
  isByTime(input) ? [desc(auditLog.at), desc(auditLog.id)] : [desc(auditLog.id)];

/** The same list by page number, and how many there are; for the table on the page. */
export async function auditTable(
  ctx: Context,
  { page: number, size, who, whose, ...filters }: Omit<Input, "limit" | "cursor"> & PeopleWords & TablePage,
): Promise<Result<{ items: AuditEventView[]; total: number }, "forbidden">> {
  if (!may(ctx.actor, "audit.read")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const { db } = tx;
    const of = await ofPatient(tx, auditLog.patientId, whose);
    const where = and(filtersOf(filters), byAccount(auditLog.userId, who), of);
    const [total, rows] = await Promise.all([
      countUpTo({ db }, auditLog, where),
      db
        .select({ event: auditLog, name: users.displayName })
        .from(auditLog)
        .leftJoin(users, eq(users.id, auditLog.userId))
        .where(where)
        .orderBy(...latestFirst(filters))
        .limit(size)
        .offset((number - 1) * size),
    ]);
    return ok({ items: rows.map(({ event, name }) => viewOf(event, name)), total });
  });
}

const filtersOf = (input: Omit<Input, "limit" | "cursor">) =>
  and(
    input.table ? eq(auditLog.tableName, input.table) : undefined,
    input.rowId ? eq(auditLog.rowId, input.rowId) : undefined,
    input.userId ? eq(auditLog.userId, input.userId) : undefined,
    input.patientId ? eq(auditLog.patientId, input.patientId) : undefined,
    input.operation ? eq(auditLog.operation, input.operation.toUpperCase()) : undefined,
    input.requestId ? eq(auditLog.requestId, input.requestId) : undefined,
    input.from ? sql`${auditLog.at} >= ${input.from}::timestamptz` : undefined,
    input.to ? sql`${auditLog.at} < ${input.to}::timestamptz` : undefined,
  );

const viewOf = (event: typeof auditLog.$inferSelect, name: string | null): AuditEventView => ({
  id: String(event.id),
  at: event.at.toISOString(),
  actor: { kind: event.actorKind, userId: event.userId, role: event.role, name, job: event.job },
  patientId: event.patientId,
  table: event.tableName,
  rowId: event.rowId,
  operation: event.operation.toLowerCase() as AuditEventView["operation"],
  changes: event.changes,
  requestId: event.requestId,
});
