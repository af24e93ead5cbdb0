"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { StepUp } from "@/app/(account)/account/step-up";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { grantAccessAction } from "../actions";

export function AllowDoctor({ doctors }: { doctors: { id: string; name: string }[] }) {
  const t = useTranslations("records.doctors");
  const [state, submit] = useActionState(grantAccessAction, idleForm);
  const errors = state.code === "step_up_required" ? [] : state.errors;
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={errors} />
      <StepUp state={state} />
      <SelectField
        name="doctorId"
        label={t("doctor")}
        error={errorAt({ errors }, "doctorId")}
        defaultValue={typed(state, "doctorId") ?? ""}
      >
        <option value="">{t("choose")}</option>
        {doctors.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        name="reason"
        label={t("reason")}
        hint={t("reasonHint")}
        error={errorAt({ errors }, "reason")}
        defaultValue={typed(state, "reason")}
        maxLength={500}
        autoComplete="off"
      />
      <TextField
        name="validUntil"
        type="date"
        label={t("validUntil")}
        note={t("optional")}
        error={errorAt({ errors }, "validUntil")}
        defaultValue={typed(state, "validUntil")}
        controlClassName="figures max-w-60"
      />
      <SubmitButton size="lg" className="justify-self-start" pendingLabel={t("allowing")}>
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
