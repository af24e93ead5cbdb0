import type postgres from "postgres";
import { type Tx, withActor } from "@/db/client";
import { isUuid, type Page } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, encodeCursor } from "@/lib/platform/cursor";
import { DEFAULT_PAGE } from "@/lib/platform/fields";
import { may } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import { accessTo, logRead, readable, recordsRefusal } from "./access";
import { type RawRecord, recordColumns, recordJoins, recordRow, summaryOf } from "./record-row";
import type { ListRecordsInput } from "./schemas";
import type { RecordSummary } from "./views";

type Refusal = "forbidden" | "encryption_not_configured" | "not_found" | "validation_failed";
type After = { at: string; id: string };

/** Titles are sealed, so a search opens them one by one; it looks at no more than this for one page. */
const MOST_OPENED = 500;

/** A patient's timeline, the latest first: what the caller may read of it. `query` keeps those whose title has all its words. */
export async function listRecords(
  ctx: Context,
  input: ListRecordsInput,
): Promise<Result<Page<RecordSummary>, Refusal>> {
  const refusal = recordsRefusal(ctx);
  if (refusal) return refusal;
  const after = readCursor(input.cursor);
  if (after === null) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const most = input.query ? MOST_OPENED : limit;
  const rows = await withActor(ctx, async (tx) => {
    const access = await accessTo(tx, ctx, input.patientId);
    if (!access || !may(ctx.actor, "record.read", { access })) return null;
    const [found] = await Promise.all([
      recordsOf(tx, ctx, input, after, most + 1),
      logRead(tx, ctx, { patientId: input.patientId, what: "list", access }),
    ]);
    return found;
  });
  if (!rows) return refuse("not_found");
  const opened = await Promise.all(rows.slice(0, most).map((row) => summaryOf(recordRow(row))));
  return ok(pageOf(opened, { limit, query: input.query, isMore: rows.length > most }));
}

function recordsOf({ pg }: Tx, ctx: Context, input: ListRecordsInput, after: After | undefined, count: number) {
  return pg<RawRecord[]>`
    select ${recordColumns(pg)}
    from medical_records r cross join (select record_access(${input.patientId}, ${ctx.now}) as access) a ${recordJoins(pg)}
    where r.patient_id = ${input.patientId} and ${readable(pg, ctx)} ${filters(pg, input)}
      ${after ? pg`and (r.occurred_at, r.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : pg``}
    order by r.occurred_at desc, r.id desc limit ${count}`;
}

const filters = (pg: postgres.TransactionSql, { kind, status, from, to }: ListRecordsInput) => pg`
  ${kind ? pg`and r.kind = ${kind}` : pg``} ${status ? pg`and r.status = ${status}` : pg``}
  ${from ? pg`and r.occurred_at >= ${from}::date` : pg``} ${to ? pg`and r.occurred_at < ${to}::date + 1` : pg``}`;

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function pageOf(
  rows: RecordSummary[],
  { limit, query, isMore }: { limit: number; query?: string | undefined; isMore: boolean },
) {
  const words = plain(query ?? "").split(/\s+/);
  const fitting = query ? rows.filter(({ title }) => words.every((word) => plain(title).includes(word))) : rows;
  const items = fitting.slice(0, limit);
  // Beyond what was opened there may be more that fits.
  const last = fitting.length > limit ? items.at(-1) : isMore ? rows.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.occurredAt, last.id]) : null };
}

function readCursor(cursor: string | undefined): After | undefined | null {
  if (cursor === undefined) return undefined;
  const [at, id, ...more] = decodeCursor(cursor) ?? [];
  const fine = typeof at === "string" && !Number.isNaN(Date.parse(at)) && isUuid(id) && more.length === 0;
  return fine ? { at, id } : null;
}
