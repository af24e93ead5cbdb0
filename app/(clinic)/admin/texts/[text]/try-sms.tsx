"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { StepUp } from "@/app/(account)/account/step-up";
import { Alert } from "@/components/ui/alert";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { TextName } from "@/lib/notifications/texts/text-kinds";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { trySmsAction } from "../actions";

/** Sends the saved words to a number, to see how they look on a telephone. */
export function TrySms({ name }: { name: TextName }) {
  const t = useTranslations("admin.texts");
  const [state, submit] = useActionState(trySmsAction, idleForm);
  return (
    <form action={submit} noValidate className="grid max-w-md gap-3">
      <ErrorSummary errors={state.errors} />
      <StepUp state={state} />
      {state.status === "done" ? (
        <Alert variant="success" role="status">
          {t("triedSms", { count: state.value?.parts ?? 1 })}
        </Alert>
      ) : null}
      {Object.entries(name).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <TextField
        name="to"
        label={t("tryTo")}
        hint={t("tryToHint")}
        type="tel"
        autoComplete="tel"
        error={errorAt(state, "to")}
        defaultValue={typed(state, "to")}
      />
      <SubmitButton variant="secondary" pendingLabel={t("trySms")} className="justify-self-start">
        {t("trySms")}
      </SubmitButton>
    </form>
  );
}
