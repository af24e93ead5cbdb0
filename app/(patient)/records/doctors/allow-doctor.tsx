"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { grantAccessAction } from "../actions";

export function AllowDoctor({ doctors }: { doctors: { id: string; name: string }[] }) {
  const t = useTranslations("records.doctors");
  const [state, submit] = useActionState(grantAccessAction, idleForm);
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <SelectField
        name="doctorId"
        label={t("doctor")}
        error={errorAt(state, "doctorId")}
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
        error={errorAt(state, "reason")}
        defaultValue={typed(state, "reason")}
        maxLength={500}
        autoComplete="off"
      />
      <TextField
        name="validUntil"
        type="date"
        label={t("validUntil")}
        note={t("optional")}
        error={errorAt(state, "validUntil")}
        defaultValue={typed(state, "validUntil")}
        controlClassName="figures max-w-60"
      />
      <SubmitButton size="lg" className="justify-self-start" pendingLabel={t("allowing")}>
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
