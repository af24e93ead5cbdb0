import { useTranslations } from "next-intl";
import { type FieldProps, fieldId } from "./field";
import { Fieldset } from "./fieldset";
import { Input } from "./input";

export type DateParts = { day?: string; month?: string; year?: string };

/** "2016-03-09" to its three fields. */
export function isoToDateParts(iso: string | null | undefined): DateParts {
  const [year, month, day] = (iso ?? "").split("-");
  return year && month && day ? { year, month: String(Number(month)), day: String(Number(day)) } : {};
}

/** Day, month, year as three text fields with a numeric keyboard; nothing jumps by itself. */
export function DateOfBirth({
  defaultValue,
  autoComplete = true,
  ...field
}: Omit<FieldProps, "label"> & { label?: FieldProps["label"]; defaultValue?: DateParts; autoComplete?: boolean }) {
  const t = useTranslations("ui.dateOfBirth");
  const id = fieldId(field.name);
  const parts = [
    { key: "day", length: 2, width: "w-17", fill: "bday-day" },
    { key: "month", length: 2, width: "w-17", fill: "bday-month" },
    { key: "year", length: 4, width: "w-24", fill: "bday-year" },
  ] as const;
  return (
    <Fieldset {...field} label={field.label ?? t("label")} hint={field.hint ?? t("hint")}>
      <div className="flex flex-wrap gap-4">
        {parts.map((part) => (
          <div key={part.key} className={part.width}>
            <label htmlFor={`${id}-${part.key}`} className="mb-1 block in-data-[density=dense]:text-sm">
              {t(part.key)}
            </label>
            <Input
              id={`${id}-${part.key}`}
              name={`${field.name}-${part.key}`}
              inputMode="numeric"
              maxLength={part.length}
              autoComplete={autoComplete ? part.fill : "off"}
              defaultValue={defaultValue?.[part.key]}
              aria-invalid={field.error ? true : undefined}
              className="figures"
            />
          </div>
        ))}
      </div>
    </Fieldset>
  );
}
