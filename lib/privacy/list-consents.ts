import { desc, eq } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { CONSENT_KINDS, consents, patients } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { mayActFor } from "@/lib/patients/may-act-for";
import type { Context } from "@/lib/platform/context";
import { mayAtAll } from "@/lib/platform/permissions";
import { CONSENT_TEXTS } from "./consent-texts";
import type { ConsentView } from "./views";

/** Each consent that is asked for, with what holds now and how it came to that. To the patient, who acts for them, and the clinic. */
export async function listConsents(
  ctx: Context,
  { patientId }: { patientId: string },
): Promise<Result<{ items: ConsentView[] }, "not_found">> {
  if (!mayAtAll(ctx.actor, "consent.read")) return refuse("not_found");
  return withActor(ctx, async (tx) => {
    const [patient] = await tx.db.select({ id: patients.id }).from(patients).where(eq(patients.id, patientId));
    const isReader = patient && (await mayActFor(tx, ctx, patientId, "consent.read"));
    return isReader ? ok({ items: await consentsOf(tx, patientId) }) : refuse("not_found");
  });
}

export async function consentsOf(tx: Tx, patientId: string): Promise<ConsentView[]> {
  const rows = await tx.db
    .select()
    .from(consents)
    .where(eq(consents.patientId, patientId))
    .orderBy(desc(consents.at), desc(consents.id));
  return CONSENT_KINDS.map((kind) => {
    const history = rows
      .filter((row) => row.kind === kind)
      .map(({ decision, textVersion, at, byUserId, place }) => ({
        ...{ decision, textVersion, at: at.toISOString(), byUserId, place },
      }));
    const { version, canBeWithdrawn } = CONSENT_TEXTS[kind];
    return { kind, given: history[0]?.decision === "given", textVersion: version, canBeWithdrawn, history };
  });
}
