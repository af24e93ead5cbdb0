import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { writingRefusal } from "./access";
import { type RawRecord, recordColumns, recordJoins, recordRow, summaryOf } from "./record-row";
import type { RecordSummary } from "./views";
import { writerOf } from "./write-record";

export type Draft = RecordSummary & { patientName: string };
type Refusal = "forbidden" | "encryption_not_configured";
const MOST = 50;

/** What the calling doctor has begun and not signed, the latest first; at most 50. One's own drafts are no read of records. */
export async function listDrafts(
  ctx: Context,
  { patientId }: { patientId?: string } = {},
): Promise<Result<{ items: Draft[] }, Refusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  const rows = await withActor(
    ctx,
    ({ pg }) => pg<(RawRecord & { patientName: string })[]>`
      select ${recordColumns(pg)}, p.given_name || ' ' || p.family_name as "patientName"
      from medical_records r cross join lateral (select record_access(r.patient_id, ${ctx.now}) as access) a ${recordJoins(pg)}
        join patients p on p.id = r.patient_id
      where r.status = 'draft' and r.doctor_id = ${writerOf(ctx)} ${patientId ? pg`and r.patient_id = ${patientId}` : pg``}
      order by r.updated_at desc limit ${MOST}`,
  );
  return ok({
    items: await Promise.all(
      rows.map(async (row) => ({ ...(await summaryOf(recordRow(row))), patientName: row.patientName })),
    ),
  });
}
