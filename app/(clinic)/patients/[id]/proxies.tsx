"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { CheckboxField } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import { LiveRegion } from "@/components/ui/live-region";
import { SubmitButton } from "@/components/ui/submit-button";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { grantProxyAction, revokeProxyAction } from "../actions";

const CAPABILITIES = ["view", "book", "cancel", "records"] as const;
const RELATIONSHIPS = ["parent", "guardian", "partner", "child", "carer", "other"] as const;

export function GrantForm({ patientId }: { patientId: string }) {
  const t = useTranslations("patients.proxies");
  const [state, submit] = useActionState(grantProxyAction, idleForm);
  const granted = state.status === "done" ? state.value : undefined;
  return (
    <form action={submit} noValidate className="grid max-w-xl gap-4">
      <ErrorSummary errors={state.errors} />
      <LiveRegion message={granted ? t("granted", { name: granted.name }) : ""} />
      <input type="hidden" name="patientId" value={patientId} />
      <TextField
        name="email"
        type="email"
        label={t("email")}
        hint={t("emailHint")}
        error={errorAt(state, "email")}
        defaultValue={granted ? "" : typed(state, "email")}
        autoComplete="off"
      />
      <SelectField
        name="relationship"
        label={t("relationship")}
        error={errorAt(state, "relationship")}
        defaultValue={typed(state, "relationship") ?? "parent"}
        controlClassName="sm:max-w-60"
      >
        {RELATIONSHIPS.map((value) => (
          <option key={value} value={value}>
            {t(`relationships.${value}`)}
          </option>
        ))}
      </SelectField>
      <Fieldset name="capabilities" label={t("capabilities")} error={errorAt(state, "capabilities")}>
        {CAPABILITIES.map((value, index) => (
          <CheckboxField
            key={value}
            id={index === 0 ? "capabilities" : `capabilities-${value}`}
            name="capabilities[]"
            value={value}
            label={t(`may.${value}`)}
            defaultChecked={value !== "records"}
          />
        ))}
      </Fieldset>
      <SubmitButton size="sm" className="justify-self-start" pendingLabel={t("saving")}>
        {t("grant")}
      </SubmitButton>
    </form>
  );
}

export function RevokeForm({ id, name }: { id: string; name: string }) {
  const t = useTranslations("patients.proxies");
  const [state, submit] = useActionState(revokeProxyAction, idleForm);
  return (
    <form action={submit} className="inline-grid justify-items-end gap-1">
      <input type="hidden" name="id" value={id} />
      <SubmitButton variant="secondary" size="sm" pendingLabel={t("saving")} aria-label={t("revokeFrom", { name })}>
        {t("revoke")}
      </SubmitButton>
      {state.status === "refused" ? (
        <p role="alert" className="text-sm text-destructive">
          {state.detail ?? state.errors[0]?.message}
        </p>
      ) : null}
    </form>
  );
}
