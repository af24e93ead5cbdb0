"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { CodeField } from "@/app/(public)/_account/code-field";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm } from "@/lib/platform/action-state";
import { confirmTotpAction } from "../actions";
import { RecoveryCodes } from "../recovery-codes";
import { StepUp } from "../step-up";

/** `children` show the secret; they go once its first code has come back. */
export function FirstCode({ next, children }: { next: string; children: ReactNode }) {
  const t = useTranslations("account.totp");
  const [state, submit] = useActionState(confirmTotpAction, idleForm);
  if (state.status === "done")
    return state.value?.recoveryCodes ? (
      <RecoveryCodes codes={state.value.recoveryCodes} next={next} />
    ) : (
      <p role="status">
        {t("done")}{" "}
        <a href={next} className="link">
          {t("goOn")}
        </a>
      </p>
    );
  return (
    <div className="grid gap-6">
      {children}
      <form action={submit} noValidate className="grid gap-5">
        <ErrorSummary errors={state.errors} />
        <StepUp state={state} />
        <CodeField label={t("code")} hint={t("codeHint")} error={errorAt(state, "otp")} />
        <SubmitButton size="lg" className="justify-self-start" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
      </form>
    </div>
  );
}
