import { and, eq, ne, or, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { patients } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { patientColumns } from "./columns";
import { contactValues } from "./contact-values";
import type { CreatePatientInput } from "./schemas";
import type { CreatedPatient, PatientView } from "./views";

/** Registers a patient. By staff; `possibleDuplicates` names those with the same birthday who may be the same person. */
export async function createPatient(
  ctx: Context,
  input: CreatePatientInput,
): Promise<Result<CreatedPatient, "forbidden" | "validation_failed">> {
  if (!may(ctx.actor, "patient.register")) return refuse("forbidden");
  const { errors, values } = await contactValues(ctx.db, input, ctx.now);
  if (errors.length > 0) return refuse("validation_failed", { errors });
  return withActor(ctx, async (tx) => {
    const [row] = await tx.db
      .insert(patients)
      .values({ id: uuidv7(), ...input, ...values })
      .returning(patientColumns);
    if (!row) throw new Error("insert returned no row");
    return ok({ ...row, possibleDuplicates: await possibleDuplicates(tx, row) });
  });
}

/** Same birthday, and the same names in either order, a name much alike, or the same phone or address. */
async function possibleDuplicates(tx: Tx, patient: PatientView) {
  if (!patient.dateOfBirth) return [];
  const given = patient.givenName.toLowerCase();
  const family = patient.familyName.toLowerCase();
  const name = sql`lower(${patients.givenName} || ' ' || ${patients.familyName})`;
  return tx.db
    .select({
      id: patientColumns.id,
      recordNumber: patientColumns.recordNumber,
      name: patientColumns.name,
      dateOfBirth: patientColumns.dateOfBirth,
    })
    .from(patients)
    .where(
      and(
        eq(patients.dateOfBirth, patient.dateOfBirth),
        ne(patients.id, patient.id),
        or(
          sql`${name} in (${`${given} ${family}`}, ${`${family} ${given}`})`,
          sql`similarity(${name}, ${`${given} ${family}`}) > 0.6`,
          patient.phone ? eq(patients.phone, patient.phone) : undefined,
          patient.email ? eq(patients.email, patient.email) : undefined,
        ),
      ),
    )
    .orderBy(patients.familyName, patients.givenName, patients.id)
    .limit(10);
}
