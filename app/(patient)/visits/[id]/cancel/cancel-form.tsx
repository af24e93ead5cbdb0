"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextareaField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { cancelVisitAction } from "../actions";

export function CancelForm({ id, keepHref, moveHref }: { id: string; keepHref: string; moveHref: string | null }) {
  const t = useTranslations("visits.cancelling");
  const tUi = useTranslations("ui");
  const [state, submit] = useActionState(cancelVisitAction, idleForm);
  return (
    <form action={submit} noValidate className="grid gap-8">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="id" value={id} />
      <TextareaField
        name="reason"
        label={t("reason")}
        hint={t("reasonHint")}
        note={tUi("optional")}
        error={errorAt(state, "reason")}
        defaultValue={typed(state, "reason")}
        maxLength={2_000}
        rows={3}
      />
      <div className="flex flex-wrap gap-3 max-sm:[&>*]:w-full">
        <SubmitButton size="lg" variant="destructive" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
        <Button size="lg" variant="secondary" asChild>
          <Link href={keepHref}>{t("keep")}</Link>
        </Button>
        {moveHref ? (
          <Button size="lg" variant="ghost" asChild>
            <Link href={moveHref}>{t("moveInstead")}</Link>
          </Button>
        ) : null}
      </div>
    </form>
  );
}
