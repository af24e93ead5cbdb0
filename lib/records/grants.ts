import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { withActor } from "@/db/client";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import { hasKeys, type KeyRow, keyring } from "@/lib/protection/keyring";
import { patientKey } from "@/lib/protection/patient-keys";
import { openJson, type Place, sealJson } from "@/lib/protection/seal";
import { accessTo, withinReach } from "./access";
import type { GrantAccessInput } from "./schemas";
import type { GrantView } from "./views";

type Refusal = "forbidden" | "encryption_not_configured" | "not_found" | "validation_failed";

export const grantPlace = (id: string): Place => ({ table: "record_grants", column: "reason_sealed", rowId: id });
type Row = KeyRow & {
  id: string;
  patientId: string;
  doctorId: string;
  doctorName: string;
  reasonSealed: Buffer;
  validUntil: Date | null;
  createdAt: Date;
};
const columns = (pg: postgres.TransactionSql) => pg`
  r.id, r.patient_id as "patientId", r.doctor_id as "doctorId", d.name as "doctorName", r.reason_sealed as "reasonSealed",
  r.valid_until as "validUntil", r.created_at as "createdAt", k.id as "keyId", k.kek_id as "kekId", k.wrapped
  from record_grants r join doctors d on d.id = r.doctor_id join data_keys k on k.id = r.key_id`;

async function viewOf(row: Row): Promise<GrantView> {
  const key = await keyring().unwrap(row);
  return {
    ...{ id: row.id, patientId: row.patientId, doctor: { id: row.doctorId, name: row.doctorName } },
    reason: openJson<string>(key, grantPlace(row.id), row.reasonSealed),
    ...{ validUntil: row.validUntil?.toISOString() ?? null, createdAt: row.createdAt.toISOString() },
  };
}

/** Lets a doctor without a visit to a patient's records. By an admin, a doctor who treats the patient, or the patient. */
export async function grantAccess(ctx: Context, input: GrantAccessInput): Promise<Result<GrantView, Refusal>> {
  const { actor, now } = ctx;
  if (!mayAtAll(actor, "record.open")) return refuse("forbidden");
  if (!hasKeys()) return refuse("encryption_not_configured");
  const validUntil = input.validUntil ? new Date(input.validUntil) : null;
  if (validUntil && validUntil <= now) return invalid("validUntil", "must lie ahead");
  return withActor(ctx, async (tx) => {
    const { pg } = tx;
    const { patientId, doctorId } = input;
    const [patient] = await pg`select from patients where id = ${patientId}`;
    const access = patient ? await accessTo(tx, ctx, patientId) : null;
    if (!may(actor, "record.open", { access })) return refuse(access ? "forbidden" : "not_found");
    if (!patient) return refuse("not_found");
    const [doctor] = await pg`select from doctors where id = ${doctorId} and active`;
    if (!doctor) return invalid("doctorId", "is not a doctor of this clinic");
    const key = await patientKey(tx, patientId);
    const id = uuidv7();
    await pg`insert into record_grants (id, patient_id, doctor_id, granted_by_user_id, reason_sealed, key_id, valid_until, created_at)
      values (${id}, ${patientId}, ${doctorId}, ${actor.kind === "user" ? actor.userId : null}, ${sealJson(key, grantPlace(id), input.reason)}, ${key.id},
        ${validUntil}, ${now})`;
    const [row] = await pg<Row[]>`select ${columns(pg)} where r.id = ${id}`;
    if (!row) throw new Error("a grant cannot be seen by who gave it");
    return ok(await viewOf(row));
  });
}

/** Grants that hold now: a patient's to admins, the patient and who treats them; their own to doctors. */
export async function listGrants(
  ctx: Context,
  { patientId }: { patientId: string },
): Promise<Result<{ items: GrantView[] }, Refusal>> {
  if (!mayAtAll(ctx.actor, "record.opened")) return refuse("forbidden");
  if (!hasKeys()) return refuse("encryption_not_configured");
  const rows = await withActor(
    ctx,
    ({ pg }) => pg<Row[]>`select ${columns(pg)}
    where r.patient_id = ${patientId} and ${withinReach(pg, ctx, "record.opened")} and r.revoked_at is null
      and (r.valid_until is null or r.valid_until > ${ctx.now}) order by r.id`,
  );
  return ok({ items: await Promise.all(rows.map(viewOf)) });
}

/** Ends a grant. By who could give it. */
export async function revokeAccess(
  ctx: Context,
  { id }: { id: string },
): Promise<Result<undefined, "forbidden" | "not_found">> {
  if (!mayAtAll(ctx.actor, "record.open")) return refuse("forbidden");
  return withActor(ctx, async ({ pg }) => {
    const { count } = await pg`update record_grants r set revoked_at = ${ctx.now}
      where id = ${id} and revoked_at is null and ${withinReach(pg, ctx, "record.open")}`;
    return count > 0 ? ok() : refuse("not_found");
  });
}
