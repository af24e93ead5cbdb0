"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { CheckboxField } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import { RadioGroup } from "@/components/ui/radio-group";
import { SubmitButton } from "@/components/ui/submit-button";
import { LEAD_CHOICES } from "@/lib/domain/reminders";
import { spanOf } from "@/lib/format/span";
import type { PreferencesView } from "@/lib/notifications/views";
import { errorAt, idleForm, typed } from "@/lib/platform/action-state";
import { savePreferencesAction } from "./actions";

type Props = {
  preferences: PreferencesView;
  languages: { code: string; name: string }[];
  usual: PreferencesView["quietHours"];
};

/** Which messages reach the reader, how, and when they are left in peace. */
export function PreferencesForm({ preferences, languages, usual }: Props) {
  const t = useTranslations("profile");
  const tMessages = useTranslations("messages");
  const tUi = useTranslations("ui");
  const [state, submit] = useActionState(savePreferencesAction, idleForm);
  const isOn = (name: string, known: boolean) =>
    state.status === "refused" ? typed(state, name) !== undefined : known;
  const chosen = preferences.leadMinutes ?? [];
  const leads = [...new Set([...LEAD_CHOICES, ...chosen])].sort((a, b) => b - a);
  const quiet = preferences.quietHours ?? usual;
  const time = (name: "quietFrom" | "quietUntil", known: string | undefined) => ({
    name,
    type: "time",
    label: t(`wishes.${name}`),
    error: errorAt(state, name),
    defaultValue: typed(state, name) ?? known ?? "",
    controlClassName: "figures max-w-36",
  });
  return (
    <form action={submit} noValidate className="grid gap-6">
      <ErrorSummary errors={state.errors} />
      <Fieldset name="channels" label={t("wishes.channels")}>
        {(["email", "sms"] as const).map((channel) => (
          <CheckboxField
            key={channel}
            name={channel}
            // The address's own field stands on this page, too.
            id={`wishes-${channel}`}
            label={t(`wishes.${channel}`)}
            hint={preferences.stopped.includes(channel) ? t("wishes.stopped") : undefined}
            defaultChecked={isOn(channel, preferences.channels[channel])}
          />
        ))}
      </Fieldset>
      <RadioGroup
        name="leads"
        label={t("wishes.leads")}
        defaultValue={typed(state, "leads") ?? (preferences.leadMinutes ? "own" : "usual")}
        choices={[
          { value: "usual", label: t("wishes.usual") },
          { value: "own", label: t("wishes.own") },
        ]}
      />
      <Fieldset name="leadMinutes" label={t("wishes.when")} error={errorAt(state, "leadMinutes")}>
        <div className="grid sm:grid-cols-2">
          {leads.map((lead, index) => {
            const { value, unit } = spanOf(lead);
            return (
              <CheckboxField
                key={lead}
                name="leadMinutes[]"
                id={`leadMinutes-${index}`}
                value={String(lead)}
                label={tMessages("before", { count: value, unit })}
                defaultChecked={chosen.includes(lead)}
              />
            );
          })}
        </div>
      </Fieldset>
      <Fieldset name="quietHours" label={t("wishes.quiet")} hint={t("wishes.quietHint")}>
        <div className="flex flex-wrap gap-4">
          <TextField {...time("quietFrom", quiet?.from)} />
          <TextField {...time("quietUntil", quiet?.until)} />
        </div>
      </Fieldset>
      {languages.length > 1 ? (
        <SelectField
          name="language"
          label={t("language")}
          defaultValue={preferences.language}
          controlClassName="sm:max-w-80"
        >
          {languages.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : null}
      <SubmitButton className="justify-self-start" pendingLabel={tUi("saving")}>
        {t("wishes.save")}
      </SubmitButton>
    </form>
  );
}
