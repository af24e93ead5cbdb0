import { withActor } from "@/db/client";
import { clinicSettings } from "@/lib/clinic/settings";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { recordNumbers } from "@/lib/patients/record-numbers";
import { asSystem, type Context } from "@/lib/platform/context";
import { mayAtAll } from "@/lib/platform/permissions";
import type { DueRecords, RetentionRun } from "./views";

const LISTED = 100;

/**
 * Patients whose records have served their time and whom no hold keeps, the oldest first: proposed, never erased by themselves. Admins read no
 * records, so a job of ours looks for them; the database says first that an admin asks.
 */
export async function listDueRecords(ctx: Context): Promise<Result<{ items: DueRecords[] }, "forbidden">> {
  if (!mayAtAll(ctx.actor, "erasure.decide")) return refuse("forbidden");
  const [asker] = await withActor(ctx, ({ pg }) => pg`select 1 where app_is_admin() or app_is_system()`);
  if (!asker) return refuse("forbidden");
  const { recordRetentionYears } = await clinicSettings(ctx.db);
  const rows = await withActor(
    asSystem(ctx, "list-due-records"),
    ({ pg }) => pg<{ patientId: string; name: string; newestAt: Date }[]>`
      select r.patient_id as "patientId", p.given_name || ' ' || p.family_name as name,
        max(coalesce(r.signed_at, r.occurred_at)) as "newestAt"
      from medical_records r join data_keys k on k.id = r.key_id and k.wrapped is not null join patients p on p.id = r.patient_id
      where r.status <> 'draft' and not exists (select from legal_holds h
        where h.patient_id = r.patient_id and h.ended_at is null and (h.until is null or h.until > ${ctx.now}))
      group by r.patient_id, p.id
      having max(coalesce(r.signed_at, r.occurred_at)) + make_interval(years => ${recordRetentionYears}) <= ${ctx.now}
      order by 3, 1 limit ${LISTED}`,
  );
  const numbers = await recordNumbers(
    ctx,
    rows.map(({ patientId }) => patientId),
  );
  return ok({
    items: rows.map(({ newestAt, ...row }) => ({
      ...{ ...row, newestAt: newestAt.toISOString(), recordNumber: numbers.get(row.patientId) ?? "" },
    })),
  });
}

/** What the worker has removed of its own, the latest first. */
export async function listRetentionRuns(ctx: Context): Promise<Result<{ items: RetentionRun[] }, "forbidden">> {
  if (!mayAtAll(ctx.actor, "erasure.decide")) return refuse("forbidden");
  const rows = await withActor(
    ctx,
    ({ pg }) => pg<(Omit<RetentionRun, "at"> & { at: Date })[]>`
      select id, what, removed, at from retention_runs order by at desc, id limit 20`,
  );
  return ok({ items: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })) });
}
