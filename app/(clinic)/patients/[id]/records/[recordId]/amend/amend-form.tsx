"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ContentFields } from "@/components/records/content-fields";
import type { DraftValues, Wording } from "@/components/records/draft-store";
import { Alert } from "@/components/ui/alert";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextareaField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import type { RecordKind } from "@/lib/records/schemas";
import { amendRecordAction } from "../../actions";
import { isCoded } from "../../kinds";

type Props = { id: string; kind: RecordKind; wording: Wording; isReleased: boolean };

/** A new wording over the old one, which is kept; why is required. */
export function AmendForm({ id, kind, wording, isReleased }: Props) {
  const t = useTranslations("records.amend");
  const [state, submit] = useActionState(amendRecordAction, idleForm);
  const hasCome = state.status === "refused";
  const text = (name: Exclude<keyof DraftValues, "isWarning">) =>
    hasCome ? (typed(state, name) ?? "") : wording.values[name];
  const values: DraftValues = {
    ...{ title: text("title"), body: text("body") },
    ...{ system: text("system"), code: text("code"), display: text("display") },
    isWarning: hasCome ? typed(state, "isWarning") === "on" : wording.values.isWarning,
  };
  return (
    <form action={submit} noValidate className="grid max-w-3xl gap-4">
      <ErrorSummary errors={state.errors} />
      {isReleased ? <Alert variant="info">{t("isReleased")}</Alert> : null}
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="expectedVersion" value={wording.version} />
      <ContentFields kind={kind} isCoded={isCoded(kind)} values={values} errorAt={(path) => errorAt(state, path)} />
      <TextareaField
        name="reason"
        label={t("reason")}
        hint={t("reasonHint")}
        error={errorAt(state, "reason")}
        defaultValue={typed(state, "reason")}
        rows={2}
        maxLength={500}
      />
      <SubmitButton className="justify-self-start" pendingLabel={t("saving")}>
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
