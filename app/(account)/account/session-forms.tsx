"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { idleForm } from "@/lib/platform/action-state";
import { endOtherSessionsAction, endSessionAction, renameSessionAction } from "./actions";
import { RenameForm, Unfolding } from "./unfolding";

export function SessionForms({ id, name, isCurrent }: { id: string; name: string; isCurrent: boolean }) {
  const t = useTranslations("account");
  const [state, submit] = useActionState(endSessionAction, idleForm);
  const rename = {
    label: t("factor.rename"),
    content: <RenameForm action={renameSessionAction} id={id} name={name} />,
  };
  return (
    <Unfolding name={name} panels={[rename]}>
      {isCurrent ? null : (
        <form action={submit}>
          <ErrorSummary errors={state.errors} />
          <input type="hidden" name="id" value={id} />
          <SubmitButton variant="secondary" pendingLabel={t("sessions.ending")}>
            {t("sessions.end")}
            <span className="sr-only"> {t("sessions.endOf", { device: name })}</span>
          </SubmitButton>
        </form>
      )}
    </Unfolding>
  );
}

export function EndOthers() {
  const t = useTranslations("account.sessions");
  const [state, submit] = useActionState(endOtherSessionsAction, idleForm);
  return (
    <form action={submit} className="mt-5">
      <ErrorSummary errors={state.errors} />
      <SubmitButton variant="secondary" pendingLabel={t("ending")}>
        {t("endOthers")}
      </SubmitButton>
    </form>
  );
}
