"use client";

import { ChevronRight, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ScheduleRuleView } from "@/lib/doctors/views";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { SelectField, TextField } from "../ui/field";

export type Named = { id: string; name: string };
/** A rule while it is edited; `key` stays when others come and go. */
export type DraftRule = Omit<ScheduleRuleView, "timeZone"> & { key: string };

type Props = {
  rule: DraftRule;
  /** Its place in the form, which the errors name. */
  index: number;
  day: string;
  nth: number;
  places: Named[];
  services: Named[];
  errors: { path: string; message: string }[];
  onChange: (part: Partial<DraftRule>) => void;
  onRemove: () => void;
};

/** The end of the day as a time input says it. */
const endShown = (end: string) => (end === "24:00" ? "00:00" : end);

/** One sitting: place, times, and its limits behind a fold. */
export function HoursRow({ rule, index, day, nth, places, services, errors, onChange, onRemove }: Props) {
  const t = useTranslations("hours");
  const at = `rules.${index}`;
  const error = (field: string) => errors.find(({ path }) => path === `${at}.${field}`)?.message;
  const what =
    rule.start && rule.end ? t("remove", { day, start: rule.start, end: rule.end }) : t("removeEmpty", { day });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset within a fieldset would read the day twice.
    <div role="group" aria-label={t("rowLabel", { day, nth })} className="w-full">
      <input type="hidden" name={`${at}.weekday`} value={rule.weekday} />
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <TextField
          name={`${at}.start`}
          type="time"
          label={t("start")}
          error={error("start")}
          value={rule.start}
          onChange={(event) => onChange({ start: event.currentTarget.value })}
          className="w-32"
        />
        <TextField
          name={`${at}.end`}
          type="time"
          label={t("end")}
          error={error("end")}
          value={endShown(rule.end)}
          onChange={(event) => onChange({ end: event.currentTarget.value })}
          className="w-32"
        />
        {places.length > 1 ? (
          <SelectField
            name={`${at}.locationId`}
            label={t("place")}
            error={error("locationId")}
            value={rule.locationId}
            onChange={(event) => onChange({ locationId: event.currentTarget.value })}
            className="min-w-52 flex-1 sm:max-w-72"
          >
            {places.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        ) : (
          <input type="hidden" name={`${at}.locationId`} value={rule.locationId} />
        )}
        <Button variant="ghost" size="icon" aria-label={what} title={what} onClick={onRemove}>
          <Trash2 aria-hidden />
        </Button>
        <Limits {...{ rule, at, services, error, onChange }} />
      </div>
    </div>
  );
}

type LimitsProps = Pick<Props, "rule" | "services" | "onChange"> & {
  at: string;
  error: (field: string) => string | undefined;
};

function Limits({ rule, at, services, error, onChange }: LimitsProps) {
  const t = useTranslations("hours");
  const isLimited = Boolean(rule.validFrom || rule.validUntil || rule.serviceIds?.length);
  const isWrong = ["validFrom", "validUntil", "serviceIds"].some((field) => error(field));
  const chosen = rule.serviceIds ?? [];
  return (
    <details className="text-sm open:basis-full" open={isWrong || undefined}>
      <summary className="inline-flex min-h-9 list-none items-center gap-1 text-muted-foreground hover:text-foreground pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 in-[[open]]:rotate-90 rtl:-scale-x-100" />
        {t("limits")}
        {isLimited ? <Badge variant="accent">{t("limited")}</Badge> : null}
      </summary>
      <div className="flex flex-wrap gap-x-4 gap-y-3 border-s-2 py-2 ps-4">
        {(["validFrom", "validUntil"] as const).map((field) => (
          <TextField
            key={field}
            name={`${at}.${field}`}
            type="date"
            label={t(field)}
            error={error(field)}
            value={rule[field] ?? ""}
            onChange={(event) => onChange({ [field]: event.currentTarget.value || null })}
            className="w-44"
          />
        ))}
        <fieldset className="w-full">
          <legend className="font-semibold">{t("services")}</legend>
          <p className="text-muted-foreground">{t("servicesHint")}</p>
          <div className="mt-1 flex flex-wrap gap-x-4">
            {services.map(({ id, name }) => (
              <span key={id} className="flex min-h-9 items-center gap-2 pointer-coarse:min-h-11">
                <Checkbox
                  id={`${at}-${id}`}
                  name={`${at}.serviceIds[]`}
                  value={id}
                  checked={chosen.includes(id)}
                  onChange={(event) =>
                    onChange({
                      serviceIds: event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id),
                    })
                  }
                />
                <label htmlFor={`${at}-${id}`}>{name}</label>
              </span>
            ))}
          </div>
        </fieldset>
      </div>
    </details>
  );
}
