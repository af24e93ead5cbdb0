"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, type FormState, idleForm, typed } from "@/lib/platform/action-state";

/** Opens on a press, so that nothing is removed by one. */
export function Unfolding({ label, name, children }: { label: string; name?: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="grid justify-items-start gap-3 sm:justify-items-end">
      <Button variant="secondary" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {label}
        {name ? <span className="sr-only"> {name}</span> : null}
      </Button>
      {isOpen ? <div className="w-full">{children}</div> : null}
    </div>
  );
}

type Rename = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  id: string;
  name: string;
};

export function RenameForm({ action, id, name }: Rename) {
  const t = useTranslations("account.factor");
  const [state, submit] = useActionState(action, idleForm as FormState);
  return (
    <form action={submit} noValidate className="grid gap-4 rounded-lg bg-sunken p-4">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="id" value={id} />
      <TextField
        name="name"
        label={t("name")}
        error={errorAt(state, "name")}
        defaultValue={typed(state, "name") ?? name}
        maxLength={60}
        autoComplete="off"
      />
      <SubmitButton className="justify-self-start" pendingLabel={t("saving")}>
        {t("saveName")}
      </SubmitButton>
    </form>
  );
}
