"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { CheckboxField } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PartOfDay } from "@/lib/domain/waitlist";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { addToWaitlistAction } from "../actions";

type Options = { value: string; label: string }[];
type Props = {
  patientId: string;
  /** Days that are proposed. */
  from: string;
  to: string;
  allParts: readonly PartOfDay[];
  services: Options;
  doctors: Options;
  locations: Options;
};

/** What somebody waits for. What is left open does not matter to them. */
export function AddForm({ patientId, from, to, allParts, services, doctors, locations }: Props) {
  const t = useTranslations("clinic.waitlist");
  const optional = useTranslations("ui")("optional");
  const locale = useLocale();
  const [state, submit] = useActionState(addToWaitlistAction, idleForm);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const field = (name: string, label: string) => ({
    name,
    label,
    error: errorAt(state, name),
    defaultValue: typed(state, name) ?? "",
  });
  const ticked = (name: string, value: string) => [state.values[`${name}[]`] ?? []].flat().includes(value);
  return (
    <form action={submit} noValidate className="grid max-w-xl gap-5">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="patientId" value={patientId} />
      <SelectField {...field("serviceId", t("filters.service"))}>
        <option value="">{t("choose")}</option>
        <Choices options={services} />
      </SelectField>
      <SelectField {...field("doctorId", t("doctor"))} note={optional}>
        <option value="">{t("anyDoctor")}</option>
        <Choices options={doctors} />
      </SelectField>
      <SelectField {...field("locationId", t("location"))} note={optional}>
        <option value="">{t("anyLocation")}</option>
        <Choices options={locations} />
      </SelectField>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...field("from", t("from"))} type="date" defaultValue={typed(state, "from") ?? from} />
        <TextField {...field("to", t("to"))} type="date" defaultValue={typed(state, "to") ?? to} />
      </div>
      <Boxes name="weekdays" label={t("weekdays")} hint={t("anyWillDo")}>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <CheckboxField
            key={day}
            id={`weekdays-${day}`}
            name="weekdays[]"
            value={String(day)}
            // 2024-01-01 was a Monday.
            label={weekday.format(Date.UTC(2024, 0, day))}
            defaultChecked={ticked("weekdays", String(day))}
          />
        ))}
      </Boxes>
      <Boxes name="partsOfDay" label={t("parts")} hint={t("anyWillDo")}>
        {allParts.map((part) => (
          <CheckboxField
            key={part}
            id={`partsOfDay-${part}`}
            name="partsOfDay[]"
            value={part}
            label={t(`part.${part}`)}
            defaultChecked={ticked("partsOfDay", part)}
          />
        ))}
      </Boxes>
      <SubmitButton className="justify-self-start" pendingLabel={t("adding")}>
        {t("addSubmit")}
      </SubmitButton>
    </form>
  );
}

const Choices = ({ options }: { options: Options }) =>
  options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));

const Boxes = ({ children, ...words }: { name: string; label: string; hint: string; children: ReactNode }) => (
  <Fieldset {...words}>
    <div className="flex flex-wrap gap-x-6">{children}</div>
  </Fieldset>
);
