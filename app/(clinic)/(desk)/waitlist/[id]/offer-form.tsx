"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { idleForm } from "@/lib/platform/action-state";
import { offerTimeAction } from "../actions";

/** The chosen time goes to who waits, as a message that can be answered. */
export function OfferForm({ fields }: { fields: Record<"id" | "doctorId" | "locationId" | "start", string> }) {
  const t = useTranslations("clinic.waitlist");
  const [state, submit] = useActionState(offerTimeAction, idleForm);
  return (
    <form action={submit} noValidate className="grid gap-4">
      <ErrorSummary errors={state.errors} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton className="justify-self-start" pendingLabel={t("offering")}>
        {t("offerThis")}
      </SubmitButton>
    </form>
  );
}
