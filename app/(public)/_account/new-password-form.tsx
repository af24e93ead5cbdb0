"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, type FormState, idleForm } from "@/lib/platform/action-state";
import { PasswordField } from "./password-field";

type Action = (state: FormState, form: FormData) => Promise<FormState>;

/** Chooses a password by a mailed link; opening the link alone changes nothing. */
export function NewPasswordForm({ action, token }: { action: Action; token: string }) {
  const t = useTranslations("auth.newPassword");
  const [state, submit] = useActionState(action, idleForm);
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="token" value={token} />
      <PasswordField
        name="password"
        label={t("label")}
        hint={t("hint")}
        error={errorAt(state, "password")}
        autoComplete="new-password"
        className="w-full"
      />
      <SubmitButton size="lg" className="justify-self-start" pendingLabel={t("saving")}>
        {t("save")}
      </SubmitButton>
    </form>
  );
}
