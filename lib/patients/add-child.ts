import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { patientProxies, patients } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import { NO_IDENTIFIERS, openIdentifiers, sealUnder } from "@/lib/protection/identifiers";
import { indexKeys } from "@/lib/protection/index-keys";
import { keyring } from "@/lib/protection/keyring";
import { readPatient, selectPatients } from "./columns";
import { contactValues } from "./contact-values";
import { newRecordNumbers } from "./new-identifiers";
import type { AddChildInput } from "./schemas";
import type { PatientView } from "./views";

type Refusal = "forbidden" | "validation_failed" | "too_many_children";
const MAX_CHILDREN = 20;
const ADULT_AT = 18;

/** Registers a child of the signed-in account, with a full grant that ends on the child's eighteenth birthday. */
export async function addChild(ctx: Context, input: AddChildInput): Promise<Result<PatientView, Refusal>> {
  if (ctx.actor.kind !== "user" || !may(ctx.actor, "child.add", ctx.actor)) return refuse("forbidden");
  const { userId } = ctx.actor;
  const { errors } = await contactValues(ctx.db, { dateOfBirth: input.dateOfBirth }, ctx.now);
  if (errors.length > 0) return refuse("validation_failed", { errors });
  const birthday = new Date(`${input.dateOfBirth}T00:00:00Z`);
  birthday.setUTCFullYear(birthday.getUTCFullYear() + ADULT_AT);
  if (birthday <= ctx.now)
    return invalid("dateOfBirth", "is of somebody who is of age and registers in their own name");

  const id = uuidv7();
  return withActor(ctx, async (tx) => {
    if ((await tx.db.$count(patientProxies, eq(patientProxies.userId, userId))) >= MAX_CHILDREN) {
      return refuse("too_many_children", { detail: "Please ask the clinic to register further children." });
    }
    const { key, sealed } = await childsIdentifiers(tx, id, userId);
    await tx.pg`select register_child(${id}, ${uuidv7()}, ${input.givenName}, ${input.familyName},
      ${input.dateOfBirth}, ${input.sex ?? "unknown"}, ${input.relationship ?? "parent"}, ${ctx.now},
      ${sealed.keyId}, ${key.kekId}, ${key.wrapped}, ${sealed.contactSealed}, ${sealed.contactTokens}, ${sealed.recordToken}, ${sealed.indexKeyId},
      ${sealed.hasEmail}, ${sealed.hasPhone})`;
    const row = await readPatient(tx, id);
    if (!row) throw new Error("the child can't be seen by its parent");
    return ok(row);
  });
}

/** A number of the child's own and how its parent is reached, sealed under a first key that `register_child` writes. */
async function childsIdentifiers(tx: Tx, id: string, userId: string) {
  const [own] = await selectPatients(tx).where(eq(patients.userId, userId));
  const { email, phone, address } = own ? await openIdentifiers(own.id, own) : NO_IDENTIFIERS;
  const [[recordNumber = null], [index], { dataKey, row }] = await Promise.all([
    newRecordNumbers(tx, 1),
    indexKeys(tx),
    keyring().make(uuidv7()),
  ]);
  const identifiers = { recordNumber, email, phone, address, externalId: null };
  return { key: row, sealed: sealUnder(dataKey, index, id, identifiers) };
}
