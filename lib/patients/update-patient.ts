import { and, eq, isNull, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { patients } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { versionRefusal } from "@/lib/platform/refusals";
import { patientColumns } from "./columns";
import { contactValues } from "./contact-values";
import { mayActFor } from "./may-act-for";
import { type UpdatePatientInput, updateContactBody } from "./schemas";
import type { PatientView } from "./views";

type Refusal = "forbidden" | "not_found" | "version_conflict" | "validation_failed";

/** Changes what is given. Staff correct anything; patients, and who may book for them, change how they are reached. */
export async function updatePatient(ctx: Context, input: UpdatePatientInput): Promise<Result<PatientView, Refusal>> {
  if (!mayAtAll(ctx.actor, "patient.contact")) return refuse("forbidden");
  const { id, expectedVersion, ...patch } = input;
  const { errors, values } = await contactValues(ctx.db, patch, ctx.now);
  return withActor(ctx, async (tx) => {
    // Row-level security leaves nothing of a patient whom the caller may not see, and locks none whom they may not change.
    const wanted = tx.db
      .select({ version: patients.version })
      .from(patients)
      .where(and(eq(patients.id, id), isNull(patients.erasedAt)));
    if ((await wanted).length === 0) return refuse("not_found");
    if (!(await mayChange(tx, ctx, id, patch))) return refuse("forbidden");
    const [before] = await wanted.for("no key update");
    const refusal = versionRefusal(before, expectedVersion);
    if (refusal) return refusal;
    if (errors.length > 0) return refuse("validation_failed", { errors });
    const [row] = await tx.db
      .update(patients)
      .set({ ...patch, ...values, version: sql`${patients.version} + 1`, updatedAt: ctx.now })
      .where(eq(patients.id, id))
      .returning(patientColumns);
    if (!row) throw new Error("update returned no row");
    return ok(row);
  });
}

async function mayChange(tx: Parameters<typeof mayActFor>[0], ctx: Context, id: string, patch: object) {
  const onlyContact = Object.keys(patch).every((field) => field in updateContactBody.shape);
  return (onlyContact || may(ctx.actor, "patient.identity")) && (await mayActFor(tx, ctx, id, "patient.contact"));
}
