"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, type FormState, idleForm, typed } from "@/lib/platform/action-state";

type Panel = { label: string; content: ReactNode };

/** Buttons in a row, each of which opens its form below, so that nothing is changed by one press. `name`: what they are about. */
export function Unfolding({ name, panels, children }: { name: string; panels: Panel[]; children?: ReactNode }) {
  const [openLabel, setOpen] = useState<string | null>(null);
  const open = panels.find(({ label }) => label === openLabel);
  return (
    <div className="grid gap-3 sm:justify-items-end">
      <div className="flex flex-wrap gap-2">
        {panels.map(({ label }) => (
          <Button
            key={label}
            variant="secondary"
            aria-expanded={label === openLabel}
            onClick={() => setOpen(label === openLabel ? null : label)}
          >
            {label}
            <span className="sr-only"> {name}</span>
          </Button>
        ))}
        {children}
      </div>
      {open ? <div className="w-full">{open.content}</div> : null}
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
