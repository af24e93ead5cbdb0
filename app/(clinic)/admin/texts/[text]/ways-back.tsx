"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import type { TextName } from "@/lib/notifications/texts/text-kinds";
import { type FormState, idleForm } from "@/lib/platform/action-state";
import { resetTextAction, tryTextAction } from "../actions";
import { TrySms } from "./try-sms";

/** What can be done with a text as it is kept: see it in a mailbox or on a telephone, and take it back. */
export function WaysBack({ name, isEdited }: { name: TextName; isEdited: boolean }) {
  const t = useTranslations("admin.texts");
  return (
    <div className="mt-6 flex flex-wrap items-start gap-x-8 gap-y-4 border-t pt-6">
      {name.channel === "email" ? <Way action={tryTextAction} name={name} label={t("try")} /> : <TrySms name={name} />}
      {isEdited ? <Way action={resetTextAction} name={name} label={t("back")} /> : null}
    </div>
  );
}

type Action = (state: FormState, form: FormData) => Promise<FormState>;

function Way({ action, name, label }: { action: Action; name: TextName; label: string }) {
  const [state, submit] = useActionState(action, idleForm as FormState);
  return (
    <form action={submit} className="grid gap-3">
      <ErrorSummary errors={state.errors} />
      {Object.entries(name).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <SubmitButton variant="secondary" pendingLabel={label} className="justify-self-start">
        {label}
      </SubmitButton>
    </form>
  );
}
