"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { DateOfBirth } from "@/components/ui/date-of-birth";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { addChildAction } from "../actions";

export function ChildForm() {
  const t = useTranslations("family.add");
  const [state, submit] = useActionState(addChildAction, idleForm);
  const field = (name: string) => ({
    name,
    error: errorAt(state, name),
    defaultValue: typed(state, name),
    // The browser knows the parent's name, not the child's.
    autoComplete: "off",
  });
  const born = (part: string) => typed(state, `dateOfBirth-${part}`);
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <TextField {...field("givenName")} label={t("givenName")} />
      <TextField {...field("familyName")} label={t("familyName")} />
      <DateOfBirth
        name="dateOfBirth"
        autoComplete={false}
        error={errorAt(state, "dateOfBirth")}
        defaultValue={{ day: born("day"), month: born("month"), year: born("year") }}
      />
      <RadioGroup
        name="relationship"
        label={t("relationship")}
        defaultValue={typed(state, "relationship") ?? "parent"}
        error={errorAt(state, "relationship")}
        columns
        choices={[
          { value: "parent", label: t("parent") },
          { value: "guardian", label: t("guardian") },
        ]}
      />
      <SubmitButton size="lg" className="justify-self-start" pendingLabel={t("pending")}>
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
