"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { requestResetAction } from "./actions";

export function ResetForm() {
  const t = useTranslations("auth");
  const [state, submit] = useActionState(requestResetAction, idleForm);
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <TextField
        name="email"
        type="email"
        label={t("email.label")}
        error={errorAt(state, "email")}
        defaultValue={typed(state, "email")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        className="w-full"
      />
      <SubmitButton size="lg" className="justify-self-start" pendingLabel={t("reset.pending")}>
        {t("reset.submit")}
      </SubmitButton>
    </form>
  );
}
