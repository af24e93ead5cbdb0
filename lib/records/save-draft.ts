import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { patientKey } from "@/lib/protection/patient-keys";
import { sealJson } from "@/lib/protection/seal";
import { writingRefusal } from "./access";
import { contentOf, contentPlace } from "./record-row";
import type { SaveDraftInput } from "./schemas";
import type { RecordView } from "./views";
import { type ChangeRefusal, lockRecord, visitOf, writtenRecord } from "./write-record";

/** Keeps what was typed so far; what is not given stays. By the draft's author; `version_conflict` where another tab saved meanwhile. */
export async function saveDraft(ctx: Context, input: SaveDraftInput): Promise<Result<RecordView, ChangeRefusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  return withActor(ctx, async (tx) => {
    const locked = await lockRecord(tx, ctx, input, ["draft"]);
    if (!locked.ok) return locked;
    const row = locked.value;
    const visit = await visitOf(tx, row.patientId, input.appointmentId);
    if (!visit.ok) return visit;
    const before = await contentOf(row);
    const content = {
      title: input.title ?? before.title,
      body: input.body ?? before.body,
      coding: input.coding === undefined ? before.coding : input.coding,
      reason: null,
    };
    const key = await patientKey(tx, row.patientId);
    const { pg } = tx;
    await pg`update record_versions set content_sealed = ${sealJson(key, contentPlace(row.versionId), content)}, key_id = ${key.id} where id = ${row.versionId}`;
    await pg`update medical_records set kind = ${input.kind ?? row.kind}, is_warning = ${input.isWarning ?? row.isWarning},
        appointment_id = ${input.appointmentId === undefined ? row.appointmentId : (visit.value?.id ?? null)},
        occurred_at = ${input.occurredAt ? new Date(input.occurredAt) : row.occurredAt}, version = version + 1, updated_at = ${ctx.now}
      where id = ${row.id}`;
    return ok(await writtenRecord(tx, ctx, row.id));
  });
}
