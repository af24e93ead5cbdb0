import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { mayActFor } from "@/lib/patients/may-act-for";
import { recordNumbers } from "@/lib/patients/record-numbers";
import type { Context } from "@/lib/platform/context";
import { mayAtAll } from "@/lib/platform/permissions";
import type { RefuseErasureInput } from "./schemas";
import type { ErasureView, ListedErasure } from "./views";

type Row = Omit<ErasureView, "requestedAt" | "decidedAt" | "keptUntil"> & {
  requestedAt: Date;
  decidedAt: Date | null;
  keptUntil: Date | null;
};
const columns = (pg: postgres.TransactionSql) => pg`
  e.id, e.patient_id as "patientId", e.status, e.requested_at as "requestedAt", e.decided_at as "decidedAt", e.refusal, e.outcome,
  e.kept_until as "keptUntil", e.counts, e.certificate_hash as "certificateHash"`;
const viewOf = ({ requestedAt, decidedAt, keptUntil, ...row }: Row): ErasureView => ({
  ...row,
  ...{ requestedAt: requestedAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null },
  keptUntil: keptUntil?.toISOString() ?? null,
});

/** Asks for a patient to be erased; an admin decides. Asking again gives the request that is open. */
export async function askErasure(
  ctx: Context,
  { patientId }: { patientId: string },
): Promise<Result<ErasureView, "forbidden" | "not_found">> {
  const { actor, now } = ctx;
  if (!mayAtAll(actor, "erasure.ask")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const { pg } = tx;
    const [patient] = await pg`select from patients where id = ${patientId}`;
    if (!patient || !(await mayActFor(tx, ctx, patientId, "erasure.ask"))) return refuse("not_found");
    await pg`insert into erasures (id, patient_id, status, requested_at, requested_by_user_id)
      values (${uuidv7()}, ${patientId}, 'requested', ${now}, ${actor.kind === "user" ? actor.userId : null}) on conflict do nothing`;
    const [row] = await pg<
      Row[]
    >`select ${columns(pg)} from erasures e where patient_id = ${patientId} and status = 'requested'`;
    if (!row) throw new Error("a request cannot be seen by who made it");
    return ok(viewOf(row));
  });
}

/** A patient's requests and certificates, the latest first. */
export async function patientErasures(ctx: Context, { patientId }: { patientId: string }): Promise<ErasureView[]> {
  if (!mayAtAll(ctx.actor, "erasure.ask")) return [];
  const rows = await withActor(
    ctx,
    ({ pg }) =>
      pg<
        Row[]
      >`select ${columns(pg)} from erasures e where patient_id = ${patientId} order by requested_at desc, id desc limit 100`,
  );
  return rows.map(viewOf);
}

const LISTED = 200;

/** What an admin has to look at: open requests, the oldest first, then what was decided lately, and kept records whose time is over. */
export async function listErasures(ctx: Context): Promise<Result<{ items: ListedErasure[] }, "forbidden">> {
  if (!mayAtAll(ctx.actor, "erasure.decide")) return refuse("forbidden");
  const rows = await withActor(
    ctx,
    ({ pg }) => pg<(Row & { patientName: string })[]>`
      select ${columns(pg)}, p.given_name || ' ' || p.family_name as "patientName"
      from erasures e join patients p on p.id = e.patient_id
      order by (e.status = 'requested') desc, case when e.status = 'requested' then e.requested_at end, e.decided_at desc, e.id limit ${LISTED}`,
  );
  const numbers = await recordNumbers(
    ctx,
    rows.map(({ patientId }) => patientId),
  );
  return ok({
    items: rows.map(({ patientName, ...row }) => ({
      ...{ ...viewOf(row), patientName, recordNumber: numbers.get(row.patientId) ?? "" },
    })),
  });
}

/** Refuses a request, with a reason that the patient is told. */
export async function refuseErasure(
  ctx: Context,
  { id, refusal }: RefuseErasureInput,
): Promise<Result<ErasureView, "forbidden" | "not_found">> {
  const { actor, now } = ctx;
  if (!mayAtAll(actor, "erasure.decide")) return refuse("forbidden");
  const [row] = await withActor(
    ctx,
    ({ pg }) => pg<Row[]>`
      update erasures e set status = 'refused', refusal = ${refusal}, decided_at = ${now}, decided_by_user_id = ${actor.kind === "user" ? actor.userId : null}
      where id = ${id} and status = 'requested' returning ${columns(pg)}`,
  );
  return row ? ok(viewOf(row)) : refuse("not_found");
}
