"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { PasswordField } from "@/app/(public)/_account/password-field";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm } from "@/lib/platform/action-state";
import { changePasswordAction } from "../actions";
import { StepUp } from "../step-up";

export function PasswordForm({ atLeast }: { atLeast: number }) {
  const t = useTranslations("account.password");
  const [state, submit] = useActionState(changePasswordAction, idleForm);
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <StepUp state={state} />
      <PasswordField
        name="password"
        label={t("new")}
        hint={t("hint", { atLeast })}
        error={errorAt(state, "password")}
        autoComplete="new-password"
      />
      <SubmitButton className="justify-self-start" pendingLabel={t("saving")}>
        {t("save")}
      </SubmitButton>
    </form>
  );
}
