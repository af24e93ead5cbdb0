"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { CodeField } from "../_account/code-field";
import { PasswordField } from "../_account/password-field";
import { signInAction } from "./actions";

export function SignInForm({ next, resetHref }: { next: string; resetHref: string }) {
  const t = useTranslations("auth");
  const [state, submit] = useActionState(signInAction, idleForm);
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="next" value={next} />
      <TextField
        name="email"
        type="email"
        label={t("email.label")}
        error={errorAt(state, "email")}
        defaultValue={typed(state, "email")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        className="w-full"
      />
      <PasswordField
        name="password"
        label={t("password.label")}
        error={errorAt(state, "password")}
        autoComplete="current-password"
        className="w-full"
      />
      {state.code === "rate_limited" ? <CodeField label={t("code.label")} hint={t("code.limitedHint")} /> : null}
      <SubmitButton size="lg" className="justify-self-start" pendingLabel={t("signIn.pending")}>
        {t("signIn.submit")}
      </SubmitButton>
      <Link href={resetHref} className="link inline-flex min-h-11 items-center justify-self-start">
        {t("signIn.forgotten")}
      </Link>
    </form>
  );
}
