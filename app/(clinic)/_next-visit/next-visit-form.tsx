"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { LiveRegion } from "@/components/ui/live-region";
import { SubmitButton } from "@/components/ui/submit-button";
import type { NextVisitChoice } from "@/lib/next-visits/views";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { setNextVisitAction } from "./actions";

type Props = { appointmentId: string; choice: NextVisitChoice; services: { id: string; name: string }[] };

/** In how many weeks, and for what; or not at all. */
export function NextVisitForm({ appointmentId, choice: { said, rule }, services }: Props) {
  const t = useTranslations("clinic.visit.nextVisit");
  const [state, submit, pending] = useActionState(setNextVisitAction, idleForm);
  const weeks = said ? said.weeks : rule.weeks;
  return (
    <form action={submit} noValidate className="grid gap-3">
      <LiveRegion message={state.status === "done" ? t("saved") : ""} />
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="appointmentId" value={appointmentId} />
      <div className="grid gap-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <TextField
          name="weeks"
          label={t("weeks")}
          error={errorAt(state, "weeks")}
          inputMode="numeric"
          autoComplete="off"
          defaultValue={typed(state, "weeks") ?? weeks ?? ""}
          controlClassName="figures"
        />
        <SelectField name="serviceId" label={t("service")} defaultValue={said?.serviceId ?? rule.serviceId}>
          {services.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="flex flex-wrap gap-2">
        <SubmitButton size="sm" variant="secondary" pendingLabel={t("saving")}>
          {t("save")}
        </SubmitButton>
        {weeks === null ? null : (
          <Button type="submit" name="none" value="yes" size="sm" variant="ghost" aria-disabled={pending || undefined}>
            {t("none")}
          </Button>
        )}
      </div>
    </form>
  );
}
