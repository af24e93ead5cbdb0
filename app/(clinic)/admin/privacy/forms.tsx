"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { StepUp } from "@/app/(account)/account/step-up";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { endHoldAction, erasePatientAction, refuseErasureAction, setHoldAction } from "./actions";

const REASONS = ["identity_not_proved", "legal_duty", "legal_hold", "withdrawn"] as const;

/** Typed, not clicked: the record number stands on the same page. */
export function EraseForm({ patientId }: { patientId: string }) {
  const t = useTranslations("privacy.admin");
  const [state, submit] = useActionState(erasePatientAction, idleForm);
  return (
    <form action={submit} noValidate className="grid max-w-2xl gap-5">
      <ErrorSummary errors={state.errors} />
      <StepUp state={state} />
      <input type="hidden" name="patientId" value={patientId} />
      <TextField
        name="recordNumber"
        label={t("recordNumber")}
        error={errorAt(state, "recordNumber")}
        defaultValue={typed(state, "recordNumber")}
        autoComplete="off"
        controlClassName="figures sm:max-w-60"
      />
      <SubmitButton variant="destructive" className="justify-self-start" pendingLabel={t("erasing")}>
        {t("eraseSubmit")}
      </SubmitButton>
    </form>
  );
}

export function DeclineForm({ id }: { id: string }) {
  const t = useTranslations("privacy.admin");
  const [state, submit] = useActionState(refuseErasureAction, idleForm);
  return (
    <form action={submit} noValidate className="grid max-w-2xl gap-5">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="id" value={id} />
      <SelectField name="refusal" label={t("declineReason")} error={errorAt(state, "refusal")}>
        {REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {t(`reasons.${reason}`)}
          </option>
        ))}
      </SelectField>
      <SubmitButton variant="secondary" className="justify-self-start" pendingLabel={t("declining")}>
        {t("declineSubmit")}
      </SubmitButton>
    </form>
  );
}

export function HoldForm({ patientId }: { patientId: string }) {
  const t = useTranslations("privacy.admin");
  const optional = useTranslations("ui")("optional");
  const [state, submit] = useActionState(setHoldAction, idleForm);
  return (
    <form action={submit} noValidate className="grid max-w-2xl gap-5">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="patientId" value={patientId} />
      <TextField
        name="reason"
        label={t("holdReason")}
        hint={t("holdReasonHint")}
        error={errorAt(state, "reason")}
        defaultValue={typed(state, "reason")}
        maxLength={500}
        autoComplete="off"
      />
      <TextField
        name="until"
        type="date"
        label={t("holdUntil")}
        note={optional}
        hint={t("holdUntilHint")}
        error={errorAt(state, "until")}
        defaultValue={typed(state, "until")}
        controlClassName="figures sm:max-w-60"
      />
      <SubmitButton variant="secondary" className="justify-self-start" pendingLabel={t("setting")}>
        {t("setHold")}
      </SubmitButton>
    </form>
  );
}

export function EndHoldForm({ id, patientId }: { id: string; patientId: string }) {
  const t = useTranslations("privacy.admin");
  const [state, submit] = useActionState(endHoldAction, idleForm);
  return (
    <form action={submit}>
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="patientId" value={patientId} />
      <SubmitButton variant="secondary" size="sm" pendingLabel={t("ending")}>
        {t("endHold")}
      </SubmitButton>
    </form>
  );
}
