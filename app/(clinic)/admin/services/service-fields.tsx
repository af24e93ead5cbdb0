"use client";

import { useTranslations } from "next-intl";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field, SelectField, TextareaField, TextField } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ServiceView } from "@/lib/clinic/views";
import { FOLLOW_UP_CHOICES, LEAD_CHOICES } from "@/lib/domain/reminders";
import { spanOf } from "@/lib/format/span";
import { errorAt, typed } from "@/lib/platform/action-state";
import { saveServiceAction } from "../actions";
import { AdminForm, Boxes } from "../form-parts";
import { useAdminForm } from "../use-admin-form";

const NEW = {
  durationMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minNoticeMinutes: 120,
  horizonDays: 60,
  cancelCutoffMinutes: 1_440,
  rescheduleCutoffMinutes: 1_440,
  maxReschedules: 3,
  selfBookable: true,
  requiresRoom: false,
  reminderMinutes: [4_320, 1_440, 120],
  active: true,
};

/** All that a service asks and allows. */
export function ServiceForm({ service, others }: { service?: ServiceView; others: { id: string; name: string }[] }) {
  const known = service ?? NEW;
  const { state, submit, field, box, chosen, t } = useAdminForm(saveServiceAction, {
    ...known,
    reminderMinutes: known.reminderMinutes.map(String),
  });
  const optional = useTranslations("ui")("optional");
  const number = (name: string) => ({
    ...field(name),
    inputMode: "numeric" as const,
    controlClassName: "figures max-w-28",
  });
  const span = (name: string, minutes: number) => {
    const start = spanOf(minutes);
    return (
      <Field
        name={`${name}.value`}
        label={t(`fields.${name}`)}
        hint={t(`hints.${name}`)}
        error={errorAt(state, `${name}.value`)}
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              defaultValue={typed(state, `${name}.value`) ?? String(start.value)}
              className="figures max-w-24"
            />
            <Select
              name={`${name}.unit`}
              aria-label={t("unitOf", { field: t(`fields.${name}`) })}
              defaultValue={typed(state, `${name}.unit`) ?? start.unit}
            >
              {(["minutes", "hours", "days"] as const).map((unit) => (
                <option key={unit} value={unit}>
                  {t(`units.${unit}`)}
                </option>
              ))}
            </Select>
          </div>
        )}
      </Field>
    );
  };
  const spanWords = (minutes: number, words: "before" | "after") => {
    const { value, unit } = spanOf(minutes);
    return t(`services.${words}`, { count: value, unit });
  };
  const leads = [...new Set([...LEAD_CHOICES, ...known.reminderMinutes])].sort((a, b) => b - a);
  return (
    <AdminForm
      state={state}
      submit={submit}
      row={service}
      cancelHref="/admin/services"
      label={service ? t("save") : t("services.create")}
    >
      <TextField {...field("name")} />
      <TextareaField {...field("description")} note={optional} rows={2} />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField {...field("modality")}>
          {(["in_person", "video", "phone"] as const).map((value) => (
            <option key={value} value={value}>
              {t(`modality.${value}`)}
            </option>
          ))}
        </SelectField>
        <SelectField {...field("audience")}>
          {(["any", "new", "returning"] as const).map((value) => (
            <option key={value} value={value}>
              {t(`audience.${value}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <Fieldset name="time" label={<span className="text-base">{t("services.time")}</span>}>
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField {...number("durationMinutes")} />
          <TextField {...number("slotStepMinutes")} hint={t("hints.slotStepMinutes")} note={optional} />
          <TextField {...number("bufferBeforeMinutes")} />
          <TextField {...number("bufferAfterMinutes")} />
        </div>
      </Fieldset>
      <Fieldset name="rules" label={<span className="text-base">{t("services.rules")}</span>}>
        <div className="grid items-end gap-5 sm:grid-cols-2">
          {span("minNotice", known.minNoticeMinutes)}
          <TextField {...number("horizonDays")} hint={t("hints.horizonDays")} />
          {span("cancelCutoff", known.cancelCutoffMinutes)}
          {span("rescheduleCutoff", known.rescheduleCutoffMinutes)}
          <TextField {...number("maxReschedules")} hint={t("hints.maxReschedules")} note={optional} />
        </div>
      </Fieldset>
      <Boxes
        name="reminderMinutes"
        label={t("fields.reminderMinutes")}
        error={errorAt(state, "reminderMinutes")}
        options={leads.map((lead) => ({ value: String(lead), label: spanWords(lead, "before") }))}
        chosen={chosen("reminderMinutes")}
      />
      <SelectField {...field("followUpMinutes")} hint={t("hints.followUpMinutes")}>
        <option value="">{t("services.noFollowUp")}</option>
        {FOLLOW_UP_CHOICES.map((minutes) => (
          <option key={minutes} value={minutes}>
            {spanWords(minutes, "after")}
          </option>
        ))}
      </SelectField>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <TextField {...number("nextVisitWeeks")} hint={t("hints.nextVisitWeeks")} note={optional} />
        <SelectField {...field("nextVisitServiceId")} hint={t("hints.nextVisitServiceId")}>
          <option value="">{t("services.sameAgain")}</option>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <div>
        <CheckboxField {...box("selfBookable")} hint={t("hints.selfBookable")} />
        <CheckboxField {...box("requiresRoom")} hint={t("hints.requiresRoom")} />
        <CheckboxField {...box("active")} hint={t("hints.serviceActive")} />
      </div>
    </AdminForm>
  );
}
