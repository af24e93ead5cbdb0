"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { StepUp } from "@/app/(account)/account/step-up";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextareaField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { closeGlassAction, openGlassAction } from "./actions";

const MINUTES = [15, 60, 240, 720] as const;

/** The reason and the time of an emergency access; who it is is asked once more. */
export function OpenGlassForm({ patientId }: { patientId: string }) {
  const t = useTranslations("records.glass");
  const [state, submit] = useActionState(openGlassAction, idleForm);
  const errors = state.code === "step_up_required" ? [] : state.errors;
  return (
    <form action={submit} noValidate className="grid max-w-xl gap-4">
      <ErrorSummary errors={errors} />
      <StepUp state={state} />
      <input type="hidden" name="patientId" value={patientId} />
      <TextareaField
        name="reason"
        label={t("reason")}
        hint={t("reasonHint")}
        error={errorAt({ errors }, "reason")}
        defaultValue={typed(state, "reason")}
        rows={3}
        maxLength={500}
      />
      <SelectField
        name="minutes"
        label={t("minutes")}
        error={errorAt({ errors }, "minutes")}
        defaultValue={typed(state, "minutes") ?? "60"}
        controlClassName="sm:max-w-60"
      >
        {MINUTES.map((minutes) => (
          <option key={minutes} value={minutes}>
            {minutes < 60 ? t("forMinutes", { minutes }) : t("forHours", { hours: minutes / 60 })}
          </option>
        ))}
      </SelectField>
      <SubmitButton variant="destructive" className="justify-self-start" pendingLabel={t("opening")}>
        {t("open")}
      </SubmitButton>
    </form>
  );
}

export function CloseGlassForm({ id, patientId }: { id: string; patientId: string }) {
  const t = useTranslations("records.glass");
  const [state, submit] = useActionState(closeGlassAction, idleForm);
  return (
    <form action={submit}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="patientId" value={patientId} />
      <SubmitButton variant="secondary" size="sm" pendingLabel={t("closing")}>
        {t("close")}
      </SubmitButton>
      {state.status === "refused" ? <p role="alert">{state.detail}</p> : null}
    </form>
  );
}
