import { and, eq, isNull, sql } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { patients } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { versionRefusal } from "@/lib/platform/refusals";
import { openIdentifiers, type SealedColumns, sealIdentifiers } from "@/lib/protection/identifiers";
import { readPatient, selectPatients } from "./columns";
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
    if ((await wanted).length === 0 || !(await mayActFor(tx, ctx, id, "patient.read"))) return refuse("not_found");
    if (!(await mayChange(tx, ctx, id, patch))) return refuse("forbidden");
    const [before] = await wanted.for("no key update");
    const refusal = versionRefusal(before, expectedVersion);
    if (refusal) return refusal;
    if (errors.length > 0) return refuse("validation_failed", { errors });
    const { email: _e, phone: _p, address: _a, ...open } = patch;
    await tx.db
      .update(patients)
      .set({
        ...open,
        ...(await changedIdentifiers(tx, id, values)),
        version: sql`${patients.version} + 1`,
        updatedAt: ctx.now,
      })
      .where(eq(patients.id, id));
    await forgetBounces(tx, id, values);
    const patient = await readPatient(tx, id);
    if (!patient) throw new Error("update left no row");
    return ok(patient);
  });
}

type Contact = Awaited<ReturnType<typeof contactValues>>["values"];

/** What is sealed, with what is given laid over it; nothing where nothing of it is given and none of it lies in plain. */
async function changedIdentifiers(tx: Tx, id: string, contact: Contact): Promise<Partial<SealedColumns>> {
  const given = Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== undefined));
  const [row] = await selectPatients(tx).where(eq(patients.id, id));
  if (!row) throw new Error("a patient under a lock is gone");
  if (Object.keys(given).length === 0 && row.contactSealed) return {};
  return sealIdentifiers(tx, id, { ...(await openIdentifiers(id, row)), ...given });
}

/** That an address does not exist was said of the old one. */
async function forgetBounces({ pg }: Tx, id: string, { email, phone }: Contact): Promise<void> {
  const channels = [...(email === undefined ? [] : ["email"]), ...(phone === undefined ? [] : ["sms"])];
  if (channels.length > 0)
    await pg`delete from channel_stops where patient_id = ${id} and reason = 'bounced' and channel = any(${channels})`;
}

async function mayChange(tx: Parameters<typeof mayActFor>[0], ctx: Context, id: string, patch: object) {
  const onlyContact = Object.keys(patch).every((field) => field in updateContactBody.shape);
  return (onlyContact || may(ctx.actor, "patient.identity")) && (await mayActFor(tx, ctx, id, "patient.contact"));
}
