"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect } from "react";
import { CodeField } from "@/app/(public)/_account/code-field";
import { PasskeyButton } from "@/app/(public)/_account/passkey-button";
import { PasswordField } from "@/app/(public)/_account/password-field";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm } from "@/lib/platform/action-state";
import { askOwnPasskeyAction, confirmByPasskeyAction, confirmIdentityAction } from "./actions";

type Props = {
  /** Known on the page that asks; the dialog learns it by asking. */
  needsCode?: boolean;
  /** Where to go on to; without it `onDone` says. */
  next?: string;
  onDone?: () => void;
};

/** Password, and code where the account has one; or a passkey. */
export function ConfirmForm({ needsCode = false, next, onDone }: Props) {
  const t = useTranslations("account.confirm");
  const tAuth = useTranslations("auth");
  const [state, submit] = useActionState(confirmIdentityAction, idleForm);
  const hasCode = needsCode || state.code === "otp_required" || state.code === "invalid_credentials";
  useEffect(() => {
    if (state.status === "done") onDone?.();
  }, [state, onDone]);
  return (
    <div className="grid gap-6">
      <form action={submit} noValidate className="grid gap-5">
        <ErrorSummary errors={state.errors} />
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <PasswordField
          name="password"
          label={tAuth("password.label")}
          error={errorAt(state, "password")}
          autoComplete="current-password"
        />
        {hasCode ? <CodeField label={tAuth("code.label")} hint={t("codeHint")} error={errorAt(state, "otp")} /> : null}
        <SubmitButton className="justify-self-start" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
      </form>
      <PasskeyButton
        label={tAuth("passkey.confirm")}
        ask={askOwnPasskeyAction}
        answer={(credential) => confirmByPasskeyAction({ credential })}
        onDone={() => (next ? window.location.assign(next) : onDone?.())}
      />
    </div>
  );
}
