"use client";

import { useTranslations } from "next-intl";
import { SelectField, TextareaField, TextField } from "@/components/ui/field";
import type { ClinicSettings } from "@/lib/clinic/views";
import { displayPhone } from "@/lib/format/phone";
import { saveSettingsAction } from "../actions";
import { AdminForm } from "../form-parts";
import { useAdminForm } from "../use-admin-form";

type Options = { value: string; label: string }[];

export function SettingsForm({
  settings,
  countries,
  languages,
}: {
  settings: ClinicSettings;
  countries: Options;
  languages: Options;
}) {
  const { state, submit, field, t } = useAdminForm(saveSettingsAction, {
    ...settings,
    phone: settings.phone && displayPhone(settings.phone),
  });
  const optional = useTranslations("ui")("optional");
  return (
    <AdminForm state={state} submit={submit} cancelHref="/admin" label={t("save")}>
      <TextField {...field("name")} hint={t("hints.clinicName")} />
      <TextField
        {...field("phone")}
        note={optional}
        type="tel"
        hint={t("hints.clinicPhone")}
        controlClassName="sm:max-w-60"
      />
      <TextField {...field("email")} note={optional} type="email" />
      <TextareaField {...field("address")} note={optional} rows={2} />
      <SelectField {...field("country")} hint={t("hints.country")} note={optional} controlClassName="sm:max-w-80">
        <option value="">{t("none")}</option>
        {countries.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <SelectField {...field("defaultLocale")} hint={t("hints.defaultLocale")} controlClassName="sm:max-w-60">
        {languages.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <TextField
        {...field("recordAccessDays")}
        type="number"
        min={1}
        max={3650}
        hint={t("hints.recordAccessDays")}
        controlClassName="sm:max-w-40"
      />
      <TextField
        {...field("recordRetentionYears")}
        type="number"
        min={1}
        max={100}
        hint={t("hints.recordRetentionYears")}
        controlClassName="sm:max-w-40"
      />
      <TextField
        {...field("offerBatchSize")}
        type="number"
        min={1}
        max={20}
        hint={t("hints.offerBatchSize")}
        controlClassName="sm:max-w-40"
      />
      <TextField
        {...field("nextVisitLeadDays")}
        type="number"
        min={1}
        max={90}
        hint={t("hints.nextVisitLeadDays")}
        controlClassName="sm:max-w-40"
      />
      <TextField {...field("videoBaseUrl")} note={optional} type="url" hint={t("hints.videoBaseUrl")} />
    </AdminForm>
  );
}
