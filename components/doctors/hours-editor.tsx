"use client";

import { Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { ScheduleView } from "@/lib/doctors/views";
import { weekdayName } from "@/lib/format/clock";
import { type FormAction, type FormAnswer, useFormAction } from "../staff/use-form-action";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { ErrorSummary } from "../ui/error-summary";
import { SubmitButton } from "../ui/submit-button";
import { type DraftRule, HoursRow, type Named } from "./hours-row";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

type Props<State extends FormAnswer> = {
  doctorId: string;
  schedule: ScheduleView;
  places: Named[];
  services: Named[];
  /** A form action over `hoursForm`. */
  save: FormAction<State>;
  idle: State;
};

/** A doctor's weekly hours: each day's sittings with place, times, and, where they are limited, dates and services. */
export function HoursEditor<State extends FormAnswer>({
  doctorId,
  schedule,
  places,
  services,
  save,
  idle,
}: Props<State>) {
  const t = useTranslations("hours");
  const [state, submit] = useFormAction(save, idle);
  const { rules, add, change, remove, isChanged } = useDraft(schedule, places);
  return (
    <form action={submit} noValidate className="grid gap-4">
      <ErrorSummary errors={state.errors} />
      <input type="hidden" name="doctorId" value={doctorId} />
      <input type="hidden" name="version" value={schedule.version} />
      <p className="text-sm text-muted-foreground">{t("clock")}</p>
      <div className="divide-y border-y">
        {WEEKDAYS.map((weekday) => (
          <Weekday
            key={weekday}
            {...{ weekday, rules, places, services, errors: state.errors, change, remove }}
            onAdd={() => add(weekday)}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton size="sm" pendingLabel={t("saving")}>
          {t("save")}
        </SubmitButton>
        {isChanged ? <p className="text-sm text-muted-foreground">{t("unsaved")}</p> : null}
      </div>
      {state.status === "done" && !isChanged ? (
        <Alert variant="success" role="status">
          {t("saved")}
        </Alert>
      ) : null}
    </form>
  );
}

function useDraft(schedule: ScheduleView, places: Named[]) {
  const prefix = useId();
  const read = () => schedule.rules.map((rule, index): DraftRule => ({ ...rule, key: `${prefix}${index}` }));
  const [draft, setDraft] = useState({ version: schedule.version, rules: read(), added: 0, isChanged: false });
  // What was saved comes back as a new version, and replaces what was typed.
  if (draft.version !== schedule.version)
    setDraft({ version: schedule.version, rules: read(), added: 0, isChanged: false });
  const update = (rules: DraftRule[], added = draft.added) => setDraft({ ...draft, rules, added, isChanged: true });
  return {
    rules: draft.rules,
    isChanged: draft.isChanged,
    add: (weekday: number) => {
      const rule = { weekday, locationId: places[0]?.id ?? "", start: "", end: "" };
      const key = `${prefix}new${draft.added}`;
      update([...draft.rules, { ...rule, key, validFrom: null, validUntil: null, serviceIds: null }], draft.added + 1);
    },
    change: (key: string, part: Partial<DraftRule>) =>
      update(draft.rules.map((rule) => (rule.key === key ? { ...rule, ...part } : rule))),
    remove: (key: string) => update(draft.rules.filter((rule) => rule.key !== key)),
  };
}

type DayProps = {
  weekday: number;
  rules: DraftRule[];
  places: Named[];
  services: Named[];
  errors: FormAnswer["errors"];
  change: (key: string, part: Partial<DraftRule>) => void;
  remove: (key: string) => void;
  onAdd: () => void;
};

function Weekday({ weekday, rules, places, services, errors, change, remove, onAdd }: DayProps) {
  const t = useTranslations("hours");
  const day = weekdayName(weekday, useLocale());
  const own = rules.filter((rule) => rule.weekday === weekday);
  return (
    <fieldset className="grid gap-2 py-3 md:grid-cols-[8rem_1fr]">
      <legend className="float-start font-semibold md:pt-1.5">{day}</legend>
      <div className="grid justify-items-start gap-3 md:col-start-2">
        {own.length === 0 ? <p className="text-sm text-muted-foreground md:pt-2">{t("none")}</p> : null}
        {own.map((rule, nth) => (
          <HoursRow
            key={rule.key}
            {...{ rule, day, places, services, errors }}
            index={rules.indexOf(rule)}
            nth={nth + 1}
            onChange={(part) => change(rule.key, part)}
            onRemove={() => remove(rule.key)}
          />
        ))}
        <Button variant="ghost" size="sm" onClick={onAdd}>
          <Plus aria-hidden />
          {t("add", { day })}
        </Button>
      </div>
    </fieldset>
  );
}
