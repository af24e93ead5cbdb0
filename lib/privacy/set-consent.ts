import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { type CONSENT_PLACES, consents } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { mayActFor } from "@/lib/patients/may-act-for";
import type { Context } from "@/lib/platform/context";
import { may, mayAtAll } from "@/lib/platform/permissions";
import { CONSENT_TEXTS } from "./consent-texts";
import { hasConsent } from "./has-consent";
import { consentsOf } from "./list-consents";
import type { SetConsentInput } from "./schemas";
import type { ConsentView } from "./views";

type Refusal = "forbidden" | "not_found" | "policy_refused";
type Decision = Pick<SetConsentInput, "patientId" | "kind" | "given">;
type Place = (typeof CONSENT_PLACES)[number];

/** Gives or takes back one consent: the patient, who may book for them, or the clinic at their word. Saying the same twice writes nothing. */
export async function setConsent(
  ctx: Context,
  { patientId, kind, given }: SetConsentInput,
): Promise<Result<{ items: ConsentView[] }, Refusal>> {
  const { actor } = ctx;
  if (!mayAtAll(actor, "consent.decide")) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const [patient] = await tx.pg<{ erased: boolean }[]>`
      select erased_at is not null as erased from patients where id = ${patientId}`;
    if (!patient || patient.erased || !(await mayActFor(tx, ctx, patientId, "consent.read")))
      return refuse("not_found");
    if (!(await mayActFor(tx, ctx, patientId, "consent.decide"))) return refuse("forbidden");
    if (!given && !CONSENT_TEXTS[kind].canBeWithdrawn)
      return refuse("policy_refused", { detail: "This is information, not a consent; there is nothing to take back." });
    const place = may(actor, "consent.decide") ? "clinic" : "portal";
    if ((await hasConsent(tx, patientId, kind)) !== given)
      await addConsent(
        tx,
        { patientId, kind, given },
        { place, byUserId: actor.kind === "user" ? actor.userId : null, at: ctx.now },
      );
    return ok({ items: await consentsOf(tx, patientId) });
  });
}

/** Writes a decision down, at the version of the text that is shown now. */
export async function addConsent(
  tx: Tx,
  { patientId, kind, given }: Decision,
  how: { place: Place; byUserId: string | null; at: Date },
): Promise<void> {
  const decision = given ? "given" : "withdrawn";
  const { version } = CONSENT_TEXTS[kind];
  await tx.db.insert(consents).values({ id: uuidv7(), patientId, kind, decision, textVersion: version, ...how });
}
