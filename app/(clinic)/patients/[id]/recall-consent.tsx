"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { idleForm } from "@/lib/platform/action-state";
import { setRecallConsentAction } from "../actions";

/** Whether the patient has agreed to be asked to come again, and how reception writes down what they say. */
export function RecallConsent({
  patientId,
  given,
  since,
}: {
  patientId: string;
  given: boolean;
  since: string | null;
}) {
  const t = useTranslations("patients.recalls");
  const [state, submit] = useActionState(setRecallConsentAction, idleForm);
  return (
    <section aria-labelledby="recalls" className="grid gap-2 text-sm">
      <h2 id="recalls" className="text-lg">
        {t("title")}
      </h2>
      <p>{since === null ? t("never") : t(given ? "given" : "withdrawn", { date: since })}</p>
      <form action={submit} className="grid gap-2">
        <ErrorSummary errors={state.errors} />
        <input type="hidden" name="patientId" value={patientId} />
        <input type="hidden" name="given" value={String(!given)} />
        {given ? null : <p className="text-muted-foreground">{t("hint")}</p>}
        <SubmitButton size="sm" variant="secondary" pendingLabel={t("saving")} className="justify-self-start">
          {t(given ? "withdraw" : "give")}
        </SubmitButton>
      </form>
    </section>
  );
}
