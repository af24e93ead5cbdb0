import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { readable, readerColumns, recordsRefusal } from "./access";
import {
  type Attached,
  attachmentsOf,
  openedRecordView,
  type RawRecord,
  recordColumns,
  recordJoins,
  recordRow,
} from "./record-row";
import type { RecordView } from "./views";

type Refusal = "forbidden" | "encryption_not_configured" | "not_found";

/** One record with its body. The read is written down in the same statement; a draft's author reads it unlogged. */
export async function getRecord(ctx: Context, { id }: { id: string }): Promise<Result<RecordView, Refusal>> {
  const refusal = recordsRefusal(ctx);
  if (refusal) return refusal;
  const row = await withActor(ctx, async ({ pg }) => {
    const [found] = await pg<(RawRecord & Attached)[]>`
      with seen as (
        select ${recordColumns(pg)}, ${attachmentsOf(pg)}
        from medical_records r cross join lateral (select record_access(r.patient_id, ${ctx.now}) as access) a ${recordJoins(pg)}
        where r.id = ${id} and ${readable(pg, ctx)}
      ), logged as (
        insert into access_log (patient_id, record_id, what, access, user_id, role, job, request_id)
        select "patientId", id, 'record', access, ${readerColumns(pg, ctx)} from seen where status <> 'draft'
      )
      select * from seen`;
    return found;
  });
  if (!row) return refuse("not_found");
  return ok(await openedRecordView({ ...recordRow(row), attachments: row.attachments }));
}
