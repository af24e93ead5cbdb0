import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { accessTo, logRead } from "@/lib/records/access";
import type { PatientExport } from "./export-view";
import { gatherExport } from "./gather-export";

/**
 * Everything that is kept about a patient, for themselves, who reads records for them, and an admin who answers a request. The door asks who it is
 * once more (step-up). It is in the patient's access log, whoever asked.
 */
export async function exportPatient(
  ctx: Context,
  { patientId }: { patientId: string },
): Promise<Result<PatientExport, "forbidden" | "not_found">> {
  const { actor } = ctx;
  if (!mayAtAll(actor, "data.export")) return refuse("forbidden");
  const isAllowed = await withActor(ctx, async (tx) => {
    const access = await accessTo(tx, ctx, patientId);
    if (!may(actor, "data.export", { access })) return false;
    // What follows runs as a job of ours, so the database says here, without the table above, who may have it.
    const [patient] = await tx.pg`select from patients
      where id = ${patientId} and (id in (select app_record_reader_ids()) or app_is_admin() or app_is_system())`;
    if (!patient) return false;
    await logRead(tx, ctx, { patientId, what: "export", access: access ?? "system" });
    return true;
  });
  if (!isAllowed) return refuse("not_found");
  const system = { ...asSystem(ctx, "export-patient"), beforeCommit: undefined };
  return ok(await withActor(system, (tx) => gatherExport(tx, patientId, ctx.now)));
}
