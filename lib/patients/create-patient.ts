import { and, arrayOverlaps, eq, ne, or, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { patients } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { digitsToken, mailToken } from "@/lib/protection/blind-index";
import { indexKeys } from "@/lib/protection/index-keys";
import type { DataKey } from "@/lib/protection/seal";
import { openPatients, readPatient, selectPatients } from "./columns";
import { contactValues } from "./contact-values";
import { sealNewPatient } from "./new-identifiers";
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
    const id = uuidv7();
    const { email: _e, phone: _p, address: _a, ...open } = input;
    const sealed = await sealNewPatient(tx, { id, ...values });
    await tx.db.insert(patients).values({ id, ...open, ...sealed });
    const patient = await readPatient(tx, id);
    if (!patient) throw new Error("insert left no row");
    return ok({ ...patient, possibleDuplicates: await possibleDuplicates(tx, patient) });
  });
}

/** Same birthday, and the same names in either order, a name much alike, or the same phone or address. */
async function possibleDuplicates(tx: Tx, patient: PatientView) {
  if (!patient.dateOfBirth) return [];
  const given = patient.givenName.toLowerCase();
  const family = patient.familyName.toLowerCase();
  const name = sql`lower(${patients.givenName} || ' ' || ${patients.familyName})`;
  const tokens = (await indexKeys(tx)).flatMap((index) => contactTokens(index, patient));
  const alike = await openPatients(
    await selectPatients(tx)
      .where(
        and(
          eq(patients.dateOfBirth, patient.dateOfBirth),
          ne(patients.id, patient.id),
          or(
            sql`${name} in (${`${given} ${family}`}, ${`${family} ${given}`})`,
            sql`similarity(${name}, ${`${given} ${family}`}) > 0.6`,
            tokens.length > 0 ? arrayOverlaps(patients.contactTokens, tokens) : undefined,
          ),
        ),
      )
      .orderBy(patients.familyName, patients.givenName, patients.id)
      .limit(10),
  );
  return alike.map(({ id, recordNumber, name, dateOfBirth }) => ({ id, recordNumber, name, dateOfBirth }));
}

/** Of the whole number and the whole address. */
const contactTokens = (index: DataKey, { email, phone }: PatientView) => [
  ...(email ? [mailToken(index, email)] : []),
  ...(phone ? [digitsToken(index, phone.replace(/\D/g, ""))] : []),
];
