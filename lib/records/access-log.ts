import { inArray } from "drizzle-orm";
import { withActor } from "@/db/client";
import { users } from "@/db/schema";
import type { Page } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE } from "@/lib/platform/fields";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import { accessTo, logRead } from "./access";
import type { Access, AccessEventView } from "./views";

type Input = { patientId: string; limit?: number; cursor?: string | undefined };
type Row = {
  id: string;
  at: Date;
  userId: string | null;
  role: string | null;
  what: string;
  recordId: string | null;
  access: Access;
};
type Refusal = "not_found" | "forbidden" | "validation_failed";

/** Who read what of a patient's records, the latest first. To admins, the patient, and who reads for them. */
export async function patientAccessLog(ctx: Context, input: Input): Promise<Result<Page<AccessEventView>, Refusal>> {
  const { actor } = ctx;
  if (!mayAtAll(actor, "reads.list")) return refuse("forbidden");
  const [before] = input.cursor === undefined ? [null] : (decodeCursor(input.cursor) ?? []);
  if (before !== null && !/^\d{1,18}$/.test(String(before))) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const rows = await withActor(ctx, async (tx) => {
    const { pg } = tx;
    const access = await accessTo(tx, ctx, input.patientId);
    const isReader = may(actor, "reads.list", { access });
    const [patient] = isReader ? await pg`select from patients where id = ${input.patientId}` : [];
    if (!patient) return null;
    if (actor.kind === "user" && access !== "self") {
      await logRead(tx, ctx, { patientId: input.patientId, what: "access_log", access: access ?? "system" });
    }
    return pg<Row[]>`select id, at, user_id as "userId", role, what, record_id as "recordId", access from access_log
      where patient_id = ${input.patientId} ${before === null ? pg`` : pg`and id < ${String(before)}::bigint`}
      order by id desc limit ${limit + 1}`;
  });
  if (!rows) return refuse("not_found");
  const { items, nextCursor } = page([...rows], limit, (row) => [row.id]);
  const names = await namesOf(ctx, items);
  return ok({ items: items.map((row) => viewOf(row, names)), nextCursor });
}

/** Names of accounts are closed to patients; these are of people who read about them. */
async function namesOf(ctx: Context, rows: Row[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ userId }) => userId ?? []))];
  if (ids.length === 0) return new Map();
  const found = await withActor({ ...asSystem(ctx, "access-log"), beforeCommit: undefined }, (tx) =>
    tx.db.select({ id: users.id, name: users.displayName }).from(users).where(inArray(users.id, ids)),
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}

const viewOf = (row: Row, names: Map<string, string>): AccessEventView => ({
  ...{ id: String(row.id), at: row.at.toISOString(), what: row.what, recordId: row.recordId, access: row.access },
  reader: { userId: row.userId, name: (row.userId && names.get(row.userId)) ?? null, role: row.role },
});
