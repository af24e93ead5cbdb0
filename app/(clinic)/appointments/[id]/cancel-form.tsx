"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextareaField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { cancelVisitAction } from "../../visit-actions";

/** Opened first, then pressed: a cancelled visit does not come back. */
export function CancelForm({ id, version }: { id: string; version: number }) {
  const t = useTranslations("clinic.visit.cancel");
  const optional = useTranslations("ui")("optional");
  const [state, submit] = useActionState(cancelVisitAction, idleForm);
  return (
    <details className="rounded-lg border bg-surface px-4 py-2">
      <summary className="min-h-8 py-1 font-semibold">{t("title")}</summary>
      <form action={submit} noValidate className="grid max-w-xl gap-4 py-3">
        <ErrorSummary errors={state.errors} />
        <p className="text-sm text-muted-foreground">{t("body")}</p>
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="expectedVersion" value={version} />
        <TextareaField
          name="reason"
          label={t("reason")}
          note={optional}
          rows={2}
          error={errorAt(state, "reason")}
          defaultValue={typed(state, "reason")}
        />
        <SubmitButton variant="destructive" size="sm" className="justify-self-start" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
      </form>
    </details>
  );
}
