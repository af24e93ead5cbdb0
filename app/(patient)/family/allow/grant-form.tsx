"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { CheckboxField } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { grantProxyAction } from "../actions";

const RELATIONSHIPS = ["partner", "parent", "child", "carer", "guardian", "other"] as const;
const MAY = ["book", "cancel"] as const;

export function GrantForm() {
  const t = useTranslations("family");
  const [state, submit] = useActionState(grantProxyAction, idleForm);
  const chosen = state.values["capabilities[]"];
  const isChosen = (one: string) => state.status === "idle" || [chosen].flat().includes(one);
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <TextField
        name="email"
        type="email"
        label={t("grant.email")}
        error={errorAt(state, "email")}
        defaultValue={typed(state, "email")}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SelectField
        name="relationship"
        label={t("grant.relationship")}
        error={errorAt(state, "relationship")}
        defaultValue={typed(state, "relationship") ?? "partner"}
        controlClassName="sm:max-w-80"
      >
        {RELATIONSHIPS.map((one) => (
          <option key={one} value={one}>
            {t(`grant.relationships.${one}`)}
          </option>
        ))}
      </SelectField>
      <Fieldset name="capabilities" label={t("grant.may")} hint={t("grant.mayHint")}>
        {MAY.map((one) => (
          <CheckboxField
            key={one}
            id={`capabilities-${one}`}
            name="capabilities[]"
            value={one}
            label={<span className="inline-block first-letter:uppercase">{t(`may.${one}`)}</span>}
            defaultChecked={isChosen(one)}
          />
        ))}
      </Fieldset>
      <SubmitButton size="lg" className="justify-self-start" pendingLabel={t("grant.pending")}>
        {t("grant.submit")}
      </SubmitButton>
    </form>
  );
}
