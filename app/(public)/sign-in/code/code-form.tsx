"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm } from "@/lib/platform/action-state";
import { CodeField } from "../../_account/code-field";
import { finishSignInAction } from "../actions";

export function CodeForm({ next, hasTotp }: { next: string; hasTotp: boolean }) {
  const t = useTranslations("auth");
  const [state, submit] = useActionState(finishSignInAction, idleForm);
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="next" value={next} />
      <CodeField
        label={t(hasTotp ? "code.label" : "code.recoveryLabel")}
        hint={t(hasTotp ? "code.hint" : "code.recoveryHint")}
        error={errorAt(state, "otp")}
      />
      <SubmitButton size="lg" className="justify-self-start" pendingLabel={t("signIn.pending")}>
        {t("signIn.submit")}
      </SubmitButton>
    </form>
  );
}
