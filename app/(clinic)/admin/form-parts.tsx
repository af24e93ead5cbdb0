"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CheckboxField } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Fieldset } from "@/components/ui/fieldset";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/platform/action-state";

/** Errors on top, what is known of the row, the fields, and the two ways out. */
export function AdminForm({
  state,
  submit,
  row,
  cancelHref,
  label,
  stepUp,
  children,
}: {
  state: FormState;
  submit: (form: FormData) => void;
  /** The row that is changed; none where a new one is made. */
  row?: { id: string; version: number } | undefined;
  cancelHref: string;
  label: string;
  /** Asks who it is, where the action wants to know. */
  stepUp?: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations("admin");
  return (
    <form action={submit} noValidate className="grid max-w-2xl gap-5">
      <ErrorSummary errors={state.errors} />
      {stepUp}
      {row ? (
        <>
          <input type="hidden" name="id" value={row.id} />
          <input type="hidden" name="expectedVersion" value={row.version} />
        </>
      ) : null}
      {children}
      <div className="flex flex-wrap gap-3">
        <SubmitButton pendingLabel={t("saving")}>{label}</SubmitButton>
        <Button variant="secondary" asChild>
          <Link href={cancelHref}>{t("cancel")}</Link>
        </Button>
      </div>
    </form>
  );
}

/** Some of a list, as boxes. */
export function Boxes({
  name,
  label,
  hint,
  error,
  options,
  chosen,
}: {
  name: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  options: { value: string; label: string }[];
  chosen: string[];
}) {
  return (
    <Fieldset name={name} label={label} hint={hint} error={error}>
      <div className="grid gap-x-6 sm:grid-cols-2">
        {options.map((option, index) => (
          <CheckboxField
            key={option.value}
            id={index === 0 ? name : `${name}-${option.value}`}
            name={`${name}[]`}
            value={option.value}
            label={option.label}
            defaultChecked={chosen.includes(option.value)}
          />
        ))}
      </div>
    </Fieldset>
  );
}
