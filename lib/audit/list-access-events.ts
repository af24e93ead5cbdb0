import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { withActor } from "@/db/client";
import { accessLog, patients, users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { countUpTo } from "@/lib/platform/count-up-to";
import { may } from "@/lib/platform/permissions";
import { byAccount, ofPatient } from "./people-words";
import type { listAccessEventsInput, PeopleWords, TablePage } from "./schemas";
import type { AccessView } from "./views";

type Input = z.infer<typeof listAccessEventsInput> & PeopleWords & TablePage;

/** Who read what of whose records, the latest first, and how many there are; admins only. What the records say is not in it. */
export async function accessTable(
  ctx: Context,
  { page, size, ...filters }: Input,
): Promise<Result<{ items: AccessView[]; total: number }, "forbidden">> {
  if (!may(ctx.actor, "audit.read")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const { db } = tx;
    const where = and(filtersOf(filters), await ofPatient(tx, accessLog.patientId, filters.whose));
    const [total, rows] = await Promise.all([
      countUpTo({ db }, accessLog, where),
      db
        .select({
          event: accessLog,
          reader: users.displayName,
          patient: sql<string | null>`${patients.givenName} || ' ' || ${patients.familyName}`,
        })
        .from(accessLog)
        .leftJoin(users, eq(users.id, accessLog.userId))
        .leftJoin(patients, eq(patients.id, accessLog.patientId))
        .where(where)
        .orderBy(desc(accessLog.id))
        .limit(size)
        .offset((page - 1) * size),
    ]);
    return ok({ items: rows.map(viewOf), total });
  });
}

const filtersOf = (input: Omit<Input, "page" | "size">) =>
  and(
    input.userId ? eq(accessLog.userId, input.userId) : undefined,
    input.patientId ? eq(accessLog.patientId, input.patientId) : undefined,
    byAccount(accessLog.userId, input.who),
    input.what ? eq(accessLog.what, input.what) : undefined,
    input.access ? eq(accessLog.access, input.access) : undefined,
    input.requestId ? eq(accessLog.requestId, input.requestId) : undefined,
    input.from ? sql`${accessLog.at} >= ${input.from}::timestamptz` : undefined,
    input.to ? sql`${accessLog.at} < ${input.to}::timestamptz` : undefined,
  );

type Row = { event: typeof accessLog.$inferSelect; reader: string | null; patient: string | null };

const viewOf = ({ event, reader, patient }: Row): AccessView => ({
  id: String(event.id),
  at: event.at.toISOString(),
  reader: { userId: event.userId, name: reader, role: event.role, job: event.job },
  patient: { id: event.patientId, name: patient },
  recordId: event.recordId,
  what: event.what,
  access: event.access,
  requestId: event.requestId,
});
