"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm } from "@/lib/platform/action-state";
import { startRecordAction } from "./actions";
import { KINDS } from "./kinds";

type Props = { patientId: string; appointmentId?: string; templates: { id: string; name: string }[] };

/** Begins a record: a template of the service, or blank of a kind. */
export function StartRecord({ patientId, appointmentId, templates }: Props) {
  const t = useTranslations("records");
  const [state, submit] = useActionState(startRecordAction, idleForm);
  return (
    <form action={submit} className="grid gap-2">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="patientId" value={patientId} />
      {appointmentId ? <input type="hidden" name="appointmentId" value={appointmentId} /> : null}
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          name="start"
          label={t("start.what")}
          error={errorAt(state, "start")}
          controlClassName="sm:w-64"
          className="max-sm:w-full"
        >
          <optgroup label={t("start.blank")}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind.${kind}`)}
              </option>
            ))}
          </optgroup>
          {templates.length > 0 ? (
            <optgroup label={t("start.templates")}>
              {templates.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          ) : null}
        </SelectField>
        <SubmitButton size="sm" pendingLabel={t("start.starting")}>
          {t("start.write")}
        </SubmitButton>
      </div>
    </form>
  );
}
