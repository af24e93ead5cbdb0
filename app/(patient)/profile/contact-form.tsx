"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextareaField, TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PatientView } from "@/lib/patients/views";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { saveContactAction } from "./actions";

type Props = {
  patient: Pick<PatientView, "id" | "version" | "email" | "phone" | "address" | "timeZone" | "locale">;
  zones: string[];
  /** Languages to choose from, in their own words; one is no choice. */
  languages: { code: string; name: string }[];
  isOwn: boolean;
};

export function ContactForm({ patient, zones, languages, isOwn }: Props) {
  const t = useTranslations("profile");
  const tUi = useTranslations("ui");
  const [state, submit] = useActionState(saveContactAction, idleForm);
  const field = (name: "email" | "phone" | "address" | "timeZone" | "locale") => ({
    name,
    error: errorAt(state, name),
    defaultValue: typed(state, name) ?? patient[name] ?? "",
  });
  const optional = tUi("optional");
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="id" value={patient.id} />
      <input type="hidden" name="version" value={patient.version} />
      <TextField
        {...field("email")}
        type="email"
        label={t("email")}
        note={optional}
        autoComplete={isOwn ? "email" : "off"}
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        {...field("phone")}
        type="tel"
        label={t("phone")}
        hint={t("phoneHint")}
        note={optional}
        autoComplete={isOwn ? "tel" : "off"}
        controlClassName="sm:max-w-80"
      />
      <TextareaField
        {...field("address")}
        label={t("address")}
        note={optional}
        rows={3}
        autoComplete={isOwn ? "street-address" : "off"}
      />
      <SelectField {...field("timeZone")} label={t("timeZone")} hint={t("timeZoneHint")} controlClassName="max-w-96">
        <option value="">{t("timeZoneNone")}</option>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
      {languages.length > 1 ? (
        <SelectField {...field("locale")} label={t("language")} controlClassName="sm:max-w-80">
          {languages.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : null}
      <SubmitButton className="justify-self-start" pendingLabel={tUi("saving")}>
        {t("save")}
      </SubmitButton>
    </form>
  );
}
