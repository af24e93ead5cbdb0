import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { withRetries } from "@/lib/appointments/with-retries";
import { clinicSettings } from "@/lib/clinic/settings";
import { ok, type Refused, type Result, refuse } from "@/lib/domain/result";
import { calledBy } from "@/lib/patients/record-numbers";
import { asSystem, type Context } from "@/lib/platform/context";
import { mayAtAll } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import { forgetSessions } from "@/lib/platform/session";
import { NO_IDENTIFIERS, readIdentifiers } from "@/lib/protection/identifiers";
import { erasureGrounds } from "./erasure-grounds";
import { type Counts, type Erased, filesToRemove, runSteps } from "./erasure-steps";
import { removeErasedFiles } from "./remove-erased-files";
import type { ErasePatientInput } from "./schemas";
import type { ErasurePlan, ErasureView } from "./views";

type Refusal = "forbidden" | "not_found" | "legal_hold" | "validation_failed";
type What = { patientId: string; years: number };
type Done = { plan: ErasurePlan; files: string[]; sessions: string[] };

/** What an erasure would do now: the erasure itself, taken back. It writes nothing. */
export async function previewErasure(
  ctx: Context,
  { patientId }: { patientId: string },
): Promise<Result<ErasurePlan, "forbidden" | "not_found">> {
  const refusal = await refusalTo(ctx, patientId);
  if (refusal) return refusal;
  const years = await retentionYears(ctx);
  let plan: ErasurePlan | undefined;
  const undone = await withRetries(() =>
    withActor(erasing(ctx), async (tx) => {
      const done = await erase(tx, ctx, { patientId, years });
      if (done.ok) plan = done.value.plan;
      // A refusal is what rolls back.
      return done.ok ? refuse("not_found") : done;
    }),
  );
  if (plan) return ok(plan);
  return undone.ok ? refuse("not_found") : undone;
}

/**
 * Erases a patient as far as the law lets: `legal_hold` where a hold is live; records within their retention stay, with the name they belong to. The
 * admin repeats the record number, and the door asks who they are. It leaves a certificate. Asked again it finishes what was left.
 */
export async function erasePatient(
  ctx: Context,
  { patientId, recordNumber }: ErasePatientInput,
): Promise<Result<ErasureView, Refusal>> {
  const refusal = await refusalTo(ctx, patientId);
  if (refusal) return refusal;
  const { actor, now } = ctx;
  const byUserId = actor.kind === "user" ? actor.userId : null;
  // Who began it, in their own name; what stays a request where the rest fails.
  const begun = await withActor({ ...ctx, beforeCommit: undefined }, async (tx) => {
    const identifiers = (await readIdentifiers(tx, [patientId])).get(patientId) ?? NO_IDENTIFIERS;
    if (calledBy(patientId, identifiers.recordNumber).toLowerCase() !== recordNumber.toLowerCase())
      return invalid("recordNumber", "is not this patient's record number");
    await tx.pg`insert into erasures (id, patient_id, status, requested_at, requested_by_user_id)
      values (${uuidv7()}, ${patientId}, 'requested', ${now}, ${byUserId}) on conflict do nothing`;
    return ok();
  });
  if (!begun.ok) return begun;
  const years = await retentionYears(ctx);
  const erased = await withRetries(() =>
    withActor(erasing(ctx), async (tx) => {
      const done = await erase(tx, ctx, { patientId, years });
      if (!done.ok) return done;
      if (done.value.plan.grounds.includes("legal_hold"))
        return refuse("legal_hold", { detail: "A legal hold is live." });
      return ok({ ...done.value, view: await certify(tx, done.value, { patientId, byUserId, now }) });
    }),
  );
  if (!erased.ok) return erased;
  forgetSessions(erased.value.sessions);
  await removeErasedFiles(ctx);
  return ok(erased.value.view);
}

/** Read before the transaction: it holds what bookings wait for, and they may have all other connections. */
const retentionYears = async ({ db }: Context): Promise<number> => (await clinicSettings(db)).recordRetentionYears;

const erasing = (ctx: Context): Context => ({ ...asSystem(ctx, "erase-patient"), beforeCommit: undefined });

/** The work is a job of ours; whether the caller may ask for it the database says too, without the table. */
async function refusalTo(ctx: Context, patientId: string): Promise<Refused<"forbidden" | "not_found"> | null> {
  if (!mayAtAll(ctx.actor, "erasure.decide")) return refuse("forbidden");
  const [patient] = await withActor(
    { ...ctx, beforeCommit: undefined },
    ({ pg }) => pg`select from patients where id = ${patientId} and (app_is_admin() or app_is_system())`,
  );
  return patient ? null : refuse("not_found");
}

/** One transaction's work. The patient's row is held to the end, so a booking that is under way waits, and is then refused. */
async function erase(tx: Tx, ctx: Context, { patientId, years }: What): Promise<Result<Done, "not_found">> {
  const [patient] = await tx.pg<{ userId: string | null }[]>`
    select u.id as "userId" from patients p left join users u on u.id = p.user_id and u.role = 'patient'
    where p.id = ${patientId} for update of p`;
  if (!patient) return refuse("not_found");
  const grounds = await erasureGrounds(tx, ctx, { patientId, years });
  const of: Erased = { ...patient, patientId, isComplete: grounds.records === 0, now: ctx.now };
  const sessions = await tx.pg<{ id: string }[]>`select id from sessions where user_id = ${patient.userId}`;
  const files = await filesToRemove(tx, of);
  const counts = await runSteps(tx, of);
  const again = await runSteps(tx, of);
  if (Object.values(again).some((count) => count > 0)) throw new Error("an erasure left something to erase");
  const held = grounds.legalHolds > 0 ? (["legal_hold"] as const) : [];
  const plan: ErasurePlan = {
    outcome: of.isComplete ? "complete" : "records_kept",
    grounds: [...held, ...(of.isComplete ? [] : (["record_retention"] as const))],
    ...{ keptUntil: grounds.keptUntil?.toISOString() ?? null, keptRecords: grounds.records },
    ...{ counts, files: files.length },
  };
  return ok({ plan, files, sessions: sessions.map(({ id }) => id) });
}

type Certificate = {
  id: string;
  patientId: string;
  byUserId: string | null;
  at: string;
  outcome: string;
  keptUntil: string | null;
  counts: Partial<Counts>;
};

/** SHA-256 over what a certificate says, hex; the row is in the audit log too, which is sealed. */
export const certificateHash = ({ id, patientId, byUserId, at, outcome, keptUntil, counts }: Certificate): string => {
  const sorted = Object.entries(counts).sort(([a], [b]) => a.localeCompare(b, "en"));
  return createHash("sha256")
    .update(JSON.stringify([id, patientId, byUserId, at, outcome, keptUntil, sorted]))
    .digest("hex");
};

async function certify(
  { pg }: Tx,
  { plan, files }: Done,
  { patientId, byUserId, now }: { patientId: string; byUserId: string | null; now: Date },
): Promise<ErasureView> {
  const [open] = await pg<{ id: string; requestedAt: Date }[]>`
    select id, requested_at as "requestedAt" from erasures where patient_id = ${patientId} and status = 'requested' for update`;
  if (!open) throw new Error("the request went while it was carried out");
  const { outcome, keptUntil, counts } = plan;
  const at = now.toISOString();
  const hash = certificateHash({ id: open.id, patientId, byUserId, at, outcome, keptUntil, counts });
  await pg`update erasures set status = 'done', decided_at = ${now}, decided_by_user_id = ${byUserId}, outcome = ${outcome}, kept_until = ${keptUntil},
      counts = ${JSON.stringify(counts)}, files_left = ${files}, certificate_hash = ${hash}
    where id = ${open.id}`;
  return {
    ...{ id: open.id, patientId, status: "done", requestedAt: open.requestedAt.toISOString(), decidedAt: at },
    ...{ refusal: null, outcome, keptUntil, counts, certificateHash: hash },
  };
}
