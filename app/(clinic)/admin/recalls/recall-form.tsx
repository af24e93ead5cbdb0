"use client";

import { useTranslations } from "next-intl";
import { CheckboxField } from "@/components/ui/checkbox";
import { SelectField, TextField } from "@/components/ui/field";
import type { RecallView } from "@/lib/recalls/views";
import { AdminForm } from "../form-parts";
import { useAdminForm } from "../use-admin-form";
import { saveRecallAction } from "./actions";

type Choices = { id: string; name: string }[];
type Props = { recall?: RecallView; services: Choices; doctors: Choices; locations: Choices };

const NEW = { months: 12, countsAnyVisit: true, active: true };

/** Whom to ask to come again, and for what. */
export function RecallForm({ recall, services, doctors, locations }: Props) {
  const known = recall ?? NEW;
  const { state, submit, field, box, t } = useAdminForm(saveRecallAction, {
    ...known,
    countsAnyVisit: known.countsAnyVisit ? "any" : "service",
  });
  const optional = useTranslations("ui")("optional");
  const choices = (items: Choices) =>
    items.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ));
  const number = (name: string) => ({
    ...field(name),
    inputMode: "numeric" as const,
    controlClassName: "figures max-w-28",
  });
  return (
    <AdminForm
      state={state}
      submit={submit}
      row={recall}
      cancelHref="/admin/recalls"
      label={recall ? t("save") : t("recalls.create")}
    >
      <TextField {...field("name")} hint={t("hints.recallName")} />
      <SelectField {...field("serviceId")} hint={t("recalls.serviceHint")}>
        {choices(services)}
      </SelectField>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <TextField {...number("months")} hint={t("hints.months")} />
        <SelectField {...field("countsAnyVisit")}>
          <option value="any">{t("recalls.anyVisit")}</option>
          <option value="service">{t("recalls.thisService")}</option>
        </SelectField>
        <SelectField {...field("doctorId")} note={optional}>
          <option value="">{t("recalls.anyDoctor")}</option>
          {choices(doctors)}
        </SelectField>
        <SelectField {...field("locationId")} note={optional}>
          <option value="">{t("recalls.anyLocation")}</option>
          {choices(locations)}
        </SelectField>
        <TextField {...number("minAge")} note={optional} />
        <TextField {...number("maxAge")} note={optional} />
      </div>
      <CheckboxField {...box("active")} hint={t("hints.recallActive")} />
    </AdminForm>
  );
}
