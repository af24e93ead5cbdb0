import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { patientKey } from "@/lib/protection/patient-keys";
import { sealJson } from "@/lib/protection/seal";
import { accessTo, logRead, withinReach, writingRefusal } from "./access";
import { GLASS_COLUMNS, type GlassRow, glassOf, glassPlace } from "./glass-row";
import type { OpenGlassInput } from "./schemas";
import type { GlassView } from "./views";
import { writerOf } from "./write-record";

type OpenRefusal = "forbidden" | "encryption_not_configured" | "not_found" | "not_needed";

/**
 * Lets a doctor without a relation to the patient in, at once and for a while, with a reason: in the admin's list, and shown to the patient.
 * `not_needed` where they may read already.
 */
export async function openGlass(
  ctx: Context,
  { patientId, reason, minutes = 60 }: OpenGlassInput,
): Promise<Result<GlassView, OpenRefusal>> {
  const refusal = writingRefusal(ctx);
  if (refusal) return refusal;
  const doctorId = writerOf(ctx);
  if (!doctorId || !may(ctx.actor, "glass.break")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const { pg } = tx;
    const [patient] = await pg`select from patients where id = ${patientId}`;
    if (!patient) return refuse("not_found");
    const access = await accessTo(tx, ctx, patientId);
    if (access === "self") return refuse("forbidden");
    if (access) return refuse("not_needed", { detail: "The records are open to you already." });
    const key = await patientKey(tx, patientId);
    const id = uuidv7();
    const expiresAt = new Date(ctx.now.getTime() + minutes * 60_000);
    await pg`insert into break_glass (id, patient_id, doctor_id, reason_sealed, key_id, opened_at, expires_at)
      values (${id}, ${patientId}, ${doctorId}, ${sealJson(key, glassPlace(id), reason)}, ${key.id}, ${ctx.now}, ${expiresAt})`;
    await logRead(tx, ctx, { patientId, what: "break_glass_opened", access: "break_glass" });
    const [row] = await pg<GlassRow[]>`select ${GLASS_COLUMNS(pg)} where r.id = ${id}`;
    if (!row) throw new Error("a broken glass cannot be seen by who broke it");
    return ok(await glassOf(row));
  });
}

/** Ends it before its time. By the doctor or an admin. */
export async function closeGlass(
  ctx: Context,
  { id }: { id: string },
): Promise<Result<undefined, "forbidden" | "not_found">> {
  if (!mayAtAll(ctx.actor, "glass.close")) return refuse("forbidden");
  return withActor(ctx, async ({ pg }) => {
    const { count } = await pg`update break_glass r set closed_at = ${ctx.now}
      where id = ${id} and closed_at is null and ${withinReach(pg, ctx, "glass.close")}`;
    return count > 0 ? ok() : refuse("not_found");
  });
}
