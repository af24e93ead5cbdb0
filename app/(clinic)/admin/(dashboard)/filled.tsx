import { getLocale, getTranslations } from "next-intl/server";
import { Figure } from "@/components/analytics/figure";
import { hoursAndMinutes } from "@/components/clinic/minutes";
import { fillRate } from "@/lib/analytics/fill-rate";
import type { Context } from "@/lib/platform/context";
import type { Range } from "./range";

type Props = { ctx: Context; range: Range; locationId: string | undefined };

/** What the waiting list made of times that were given back. */
export async function Filled({ ctx, range, locationId }: Props) {
  const [t, words, locale, found] = await Promise.all([
    getTranslations("admin.dashboard.filled"),
    getTranslations("clinic"),
    getLocale(),
    fillRate(ctx, { from: range.from, to: range.to, locationId }),
  ]);
  if (!found.ok) throw new Error(`figures were refused: ${found.code}`);
  const { freed, offered, filled, rate, medianMinutes } = found.value;
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const percent = (value: number) =>
    new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(value);
  return (
    <section aria-labelledby="filled" className="grid gap-4">
      <div>
        <h2 id="filled" className="text-lg">
          {t("title")}
        </h2>
        <p className="max-w-prose text-sm text-muted-foreground">{t("counted")}</p>
      </div>
      <dl className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-4">
        <Figure label={t("freed")} value={count(freed)} note={t("freedNote")} />
        <Figure label={t("offered")} value={count(offered)} note={t("offeredNote")} />
        <Figure
          label={t("filled")}
          value={count(filled)}
          note={rate === null ? undefined : t("filledNote", { rate: percent(rate) })}
        />
        <Figure
          label={t("median")}
          value={medianMinutes === null ? t("unknown") : words("minutes", hoursAndMinutes(Math.round(medianMinutes)))}
          note={t("medianNote")}
        />
      </dl>
    </section>
  );
}
