import { and, desc, eq, lt, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { auditLog, users } from "@/db/schema";
import type { Page } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE, type ListInput } from "@/lib/platform/fields";
import { mayAdministrate } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import type { listAuditEventsInput } from "./schemas";
import type { AuditEventView } from "./views";

type Input = ListInput<typeof listAuditEventsInput>;

/** What was changed, the latest first; admins only. */
export async function listAuditEvents(
  ctx: Context,
  input: Input,
): Promise<Result<Page<AuditEventView>, "forbidden" | "validation_failed">> {
  if (!mayAdministrate(ctx.actor)) return refuse("forbidden");
  const cursor = input.cursor === undefined ? [] : decodeCursor(input.cursor);
  const before = cursor?.[0];
  if (input.cursor !== undefined && !Number.isSafeInteger(before)) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const rows = await withActor(ctx, (tx) =>
    tx.db
      .select({ event: auditLog, name: users.displayName })
      .from(auditLog)
      .leftJoin(users, eq(users.id, auditLog.userId))
      .where(and(filtersOf(input), before === undefined ? undefined : lt(auditLog.id, Number(before))))
      .orderBy(desc(auditLog.id))
      .limit(limit + 1),
  );
  const { items, nextCursor } = page(rows, limit, ({ event }) => [event.id]);
  return ok({ items: items.map(({ event, name }) => viewOf(event, name)), nextCursor });
}

/** The same list by page number, and how many there are; for the table on the page. */
export async function auditTable(
  ctx: Context,
  { page: number, size, ...filters }: Omit<Input, "limit" | "cursor"> & { page: number; size: number },
): Promise<Result<{ items: AuditEventView[]; total: number }, "forbidden">> {
  if (!mayAdministrate(ctx.actor)) return refuse("forbidden");
  return withActor(ctx, async ({ db }) => {
    const where = filtersOf(filters);
    const total = await db.$count(auditLog, where);
    const rows = await db
      .select({ event: auditLog, name: users.displayName })
      .from(auditLog)
      .leftJoin(users, eq(users.id, auditLog.userId))
      .where(where)
      .orderBy(desc(auditLog.id))
      .limit(size)
      .offset((number - 1) * size);
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
