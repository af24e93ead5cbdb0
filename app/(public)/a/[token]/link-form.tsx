"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import type { LinkAct } from "@/lib/notifications/message-links";
import { idleForm } from "@/lib/platform/action-state";
import { useLinkAction as linkAction } from "./actions";

export function LinkForm({ token, act }: { token: string; act: LinkAct }) {
  const t = useTranslations("link");
  const [state, submit] = useActionState(linkAction, idleForm);
  return (
    <form action={submit} className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="token" value={token} />
      <SubmitButton
        size="lg"
        variant={act === "cancel" ? "destructive" : "primary"}
        className="justify-self-start"
        pendingLabel={t("pending")}
      >
        {t(`submit.${act}`)}
      </SubmitButton>
    </form>
  );
}
