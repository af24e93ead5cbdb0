import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { accessTo, logRead, readable, recordsRefusal } from "./access";
import { type RawRecord, recordColumns, recordJoins, recordRow, summaryOf } from "./record-row";
import type { PatientSummary } from "./views";

type Refusal = "forbidden" | "encryption_not_configured" | "not_found";
const MOST = 200;

/** Allergies, warnings, medications and problems that hold now, for the page of a visit. The read is written down. */
export async function patientSummary(
  ctx: Context,
  { patientId }: { patientId: string },
): Promise<Result<PatientSummary, Refusal>> {
  const refusal = recordsRefusal(ctx);
  if (refusal) return refusal;
  const rows = await withActor(ctx, async (tx) => {
    const access = await accessTo(tx, ctx, patientId);
    if (!access || !may(ctx.actor, "record.read", { access })) return null;
    const { pg } = tx;
    const [found] = await Promise.all([
      pg<RawRecord[]>`
        select ${recordColumns(pg)} from medical_records r cross join (select ${access}::text as access) a ${recordJoins(pg)}
        where r.patient_id = ${patientId} and r.status in ('signed', 'amended') and r.resolved_at is null and ${readable(pg, ctx)}
          and (r.is_warning or r.kind in ('allergy', 'medication', 'diagnosis'))
        order by r.occurred_at desc, r.id desc limit ${MOST}`,
      logRead(tx, ctx, { patientId, what: "summary", access }),
    ]);
    return found;
  });
  if (!rows) return refuse("not_found");
  const records = await Promise.all(rows.map((row) => summaryOf(recordRow(row))));
  const of = (kind: string) => records.filter((record) => record.kind === kind);
  return ok({
    allergies: of("allergy"),
    warnings: records.filter(({ isWarning, kind }) => isWarning && kind !== "allergy"),
    medications: of("medication"),
    problems: of("diagnosis"),
  });
}
