"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import type { LeaveReason } from "@/lib/waitlist/schemas";
import { takeOffAction } from "../actions";

/** Opened first, then pressed: who has been taken off loses their turn. */
export function TakeOffForm({ id, reasons }: { id: string; reasons: readonly LeaveReason[] }) {
  const t = useTranslations("clinic.waitlist");
  const [state, submit] = useActionState(takeOffAction, idleForm);
  return (
    <details open={state.errors.length > 0} className="rounded-lg border bg-surface px-4 py-2">
      <summary className="min-h-8 py-1 font-semibold">{t("takeOff")}</summary>
      <form action={submit} noValidate className="grid max-w-xl gap-4 py-3">
        <ErrorSummary errors={state.errors} />
        <p className="text-sm text-muted-foreground">{t("takeOffBody")}</p>
        <input type="hidden" name="id" value={id} />
        <SelectField
          name="reason"
          label={t("reason")}
          error={errorAt(state, "reason")}
          defaultValue={typed(state, "reason") ?? ""}
        >
          <option value="">{t("chooseReason")}</option>
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {t(`reasons.${reason}`)}
            </option>
          ))}
        </SelectField>
        <SubmitButton variant="destructive" size="sm" className="justify-self-start" pendingLabel={t("takingOff")}>
          {t("takeOff")}
        </SubmitButton>
      </form>
    </details>
  );
}
