"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { forgetWording } from "@/components/records/draft-store";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field, TextareaField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, type FormState, idleForm, typed } from "@/lib/platform/action-state";
import {
  discardDraftAction,
  markInErrorAction,
  releaseRecordAction,
  removeFileAction,
  resolveRecordAction,
  withholdRecordAction,
} from "../actions";

export type Changed = { id: string; version: number; patientId: string };

const Hidden = ({ record }: { record: Changed }) => (
  <>
    <input type="hidden" name="id" value={record.id} />
    <input type="hidden" name="expectedVersion" value={record.version} />
  </>
);

/** A form that opens below its own words, so that nothing is done by one press. */
const Unfold = ({ label, children }: { label: string; children: ReactNode }) => (
  <details className="rounded-lg border bg-surface px-4 py-2">
    <summary className="min-h-8 py-1 font-semibold pointer-coarse:min-h-11 pointer-coarse:py-2.5">{label}</summary>
    <div className="py-3">{children}</div>
  </details>
);

export function ReleaseForm({ record }: { record: Changed }) {
  const t = useTranslations("records.change");
  const [state, submit] = useActionState(releaseRecordAction, idleForm);
  return (
    <form action={submit} className="grid justify-items-start gap-2">
      <ErrorSummary errors={state.errors} />
      <Hidden record={record} />
      <SubmitButton size="sm" pendingLabel={t("saving")}>
        {t("release")}
      </SubmitButton>
    </form>
  );
}

type Reasoned = { record: Changed; what: "withhold" | "error" };
const ACTIONS = { withhold: withholdRecordAction, error: markInErrorAction };

/** Withholding and striking out, each with a required reason that doctors read. */
export function ReasonForm({ record, what }: Reasoned) {
  const t = useTranslations("records.change");
  const [state, submit] = useActionState(ACTIONS[what], idleForm as FormState);
  const name = "reason";
  return (
    <Unfold label={t(`${what}.label`)}>
      <form action={submit} noValidate className="grid gap-3">
        <ErrorSummary errors={state.errors} />
        <Hidden record={record} />
        <p className="text-sm">{t(`${what}.body`)}</p>
        <TextareaField
          name={name}
          label={t(`${what}.reason`)}
          error={errorAt(state, name)}
          defaultValue={typed(state, name)}
          rows={2}
          maxLength={500}
        />
        <SubmitButton
          size="sm"
          variant={what === "error" ? "destructive" : "primary"}
          className="justify-self-start"
          pendingLabel={t("saving")}
        >
          {t(`${what}.submit`)}
        </SubmitButton>
      </form>
    </Unfold>
  );
}

export function ResolveForm({ record, isResolved }: { record: Changed; isResolved: boolean }) {
  const t = useTranslations("records.change");
  const [state, submit] = useActionState(resolveRecordAction, idleForm);
  return (
    <form action={submit} className="grid justify-items-start gap-2">
      <ErrorSummary errors={state.errors} />
      <Hidden record={record} />
      <input type="hidden" name="resolved" value={isResolved ? "no" : "yes"} />
      <SubmitButton size="sm" variant="secondary" pendingLabel={t("saving")}>
        {t(isResolved ? "reopen" : "resolve")}
      </SubmitButton>
    </form>
  );
}

export function DiscardForm({ record, userId }: { record: Changed; userId: string }) {
  const t = useTranslations("records.change");
  const [state, submit] = useActionState(discardDraftAction, idleForm);
  return (
    <Unfold label={t("discard.label")}>
      <form action={submit} onSubmit={() => forgetWording(userId, record.id)} className="grid gap-3">
        <ErrorSummary errors={state.errors} />
        <Hidden record={record} />
        <input type="hidden" name="patientId" value={record.patientId} />
        <p className="text-sm">{t("discard.body")}</p>
        <SubmitButton size="sm" variant="destructive" className="justify-self-start" pendingLabel={t("saving")}>
          {t("discard.submit")}
        </SubmitButton>
      </form>
    </Unfold>
  );
}

export function RemoveFileForm({ id, name }: { id: string; name: string }) {
  const t = useTranslations("records.files");
  const [state, submit] = useActionState(removeFileAction, idleForm);
  return (
    <form action={submit}>
      <input type="hidden" name="id" value={id} />
      <SubmitButton size="sm" variant="secondary" pendingLabel={t("removing")}>
        {t("remove")}
        <span className="sr-only"> {name}</span>
      </SubmitButton>
      {state.status === "refused" ? <p role="alert">{state.detail}</p> : null}
    </form>
  );
}

/** A plain form: the answer leads back to the draft, whose own text is kept by itself. */
export function UploadForm({ action }: { action: string }) {
  const t = useTranslations("records.files");
  return (
    <form method="post" action={action} encType="multipart/form-data" className="grid gap-3">
      <Field name="file" label={t("add")} hint={t("addHint")}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept="application/pdf,image/jpeg,image/png"
            required
            className="block min-h-11 w-full max-w-xl rounded-md border border-input bg-surface p-1.5 text-sm file:me-3 file:min-h-8 file:rounded-md file:border-0 file:bg-accent file:px-3 file:font-semibold file:text-accent-foreground"
          />
        )}
      </Field>
      <Button type="submit" size="sm" variant="secondary" className="justify-self-start">
        {t("upload")}
      </Button>
    </form>
  );
}
