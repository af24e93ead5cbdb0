"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { idleForm } from "@/lib/platform/action-state";
import { verifyEmailAction } from "./actions";

export function VerifyForm({ token }: { token: string }) {
  const t = useTranslations("auth.verify");
  const [state, submit] = useActionState(verifyEmailAction, idleForm);
  return (
    <form action={submit} className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg" className="justify-self-start" pendingLabel={t("pending")}>
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
