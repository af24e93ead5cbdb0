import { getLocale, getTranslations } from "next-intl/server";
import { KeptInputs } from "@/components/find/kept-inputs";
import { CheckboxField } from "@/components/ui/checkbox";
import { Fieldset } from "@/components/ui/fieldset";
import { SubmitButton } from "@/components/ui/submit-button";
import { partOfDay } from "@/lib/waitlist/schemas";
import { joinWaitlistAction } from "./actions";

/**
 * Waits for a time as it is asked for here, with the doctor and place that are chosen, and on the days and parts of day that suit. A form, so that it
 * works before JavaScript.
 */
export async function JoinWaitlist() {
  const [t, locale] = await Promise.all([getTranslations("find.waitlist"), getLocale()]);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  // 2024-01-01 was a Monday.
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => [String(day), weekday.format(Date.UTC(2024, 0, day))] as const);
  return (
    <form action={joinWaitlistAction} className="mb-4 grid gap-4">
      <KeptInputs except={["from", "day", "slot"]} />
      <p>{t("lead")}</p>
      <details className="rounded-lg border px-4 open:pb-4">
        <summary className="min-h-11 py-2.5 font-semibold">{t("some")}</summary>
        <div className="mt-2 grid gap-4">
          <Choices name="weekday" label={t("weekdays")} hint={t("any")} options={weekdays} />
          <Choices
            name="part"
            label={t("parts")}
            hint={t("any")}
            options={partOfDay.options.map((part) => [part, t(`part.${part}`)] as const)}
          />
        </div>
      </details>
      <SubmitButton variant="secondary" pendingLabel={t("joining")} className="sm:justify-self-start">
        {t("join")}
      </SubmitButton>
    </form>
  );
}

type ChoicesProps = { name: string; label: string; hint: string; options: (readonly [value: string, label: string])[] };

function Choices({ name, label, hint, options }: ChoicesProps) {
  return (
    <Fieldset name={name} label={label} hint={hint}>
      <div className="grid gap-x-6 sm:flex sm:flex-wrap">
        {options.map(([value, words]) => (
          <CheckboxField key={value} id={`${name}-${value}`} name={name} value={value} label={words} />
        ))}
      </div>
    </Fieldset>
  );
}
