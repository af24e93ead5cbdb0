"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { DateOfBirth } from "@/components/ui/date-of-birth";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { PasswordField } from "../_account/password-field";
import { registerAction } from "./actions";

export function RegisterForm({ next }: { next: string }) {
  const t = useTranslations("auth");
  const [state, submit] = useActionState(registerAction, idleForm);
  const field = (name: string) => ({
    name,
    error: errorAt(state, name),
    defaultValue: typed(state, name),
    className: "w-full",
  });
  const born = (part: string) => typed(state, `dateOfBirth-${part}`);
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="next" value={next} />
      <TextField {...field("givenName")} label={t("givenName.label")} autoComplete="given-name" />
      <TextField {...field("familyName")} label={t("familyName.label")} autoComplete="family-name" />
      <DateOfBirth
        name="dateOfBirth"
        error={errorAt(state, "dateOfBirth")}
        defaultValue={{ day: born("day"), month: born("month"), year: born("year") }}
      />
      <TextField
        {...field("email")}
        type="email"
        label={t("email.label")}
        hint={t("email.hint")}
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        {...field("phone")}
        type="tel"
        label={t("phone.label")}
        hint={t("phone.hint")}
        note={t("phone.optional")}
        autoComplete="tel"
        controlClassName="sm:max-w-80"
      />
      <PasswordField
        name="password"
        label={t("password.label")}
        hint={t("newPassword.hint")}
        error={errorAt(state, "password")}
        autoComplete="new-password"
        className="w-full"
      />
      <SubmitButton size="lg" className="justify-self-start" pendingLabel={t("register.pending")}>
        {t("register.submit")}
      </SubmitButton>
    </form>
  );
}
