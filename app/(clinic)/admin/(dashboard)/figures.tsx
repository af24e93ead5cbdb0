import { getLocale, getTranslations } from "next-intl/server";
import { Figure } from "@/components/analytics/figure";
import { type DashboardFigures, rateOf } from "@/lib/analytics/views";
import { visitsPerDay } from "@/lib/analytics/visits-per-day";
import { addDays } from "@/lib/domain/calendar";
import type { Context } from "@/lib/platform/context";
import type { Range } from "./range";

type Sums = { visits: number; ended: number; missed: number };

async function sumsOf(ctx: Context, from: string, to: string, locationId: string | undefined): Promise<Sums> {
  const days = await visitsPerDay(ctx, { from, to, locationId });
  const sums = { visits: 0, ended: 0, missed: 0 };
  for (const day of days.ok ? days.value : []) {
    sums.visits += day.visits;
    sums.ended += day.fulfilled + day.noShows;
    sums.missed += day.noShows;
  }
  return sums;
}

/** Today and what is coming, and the range beside as many days before it. */
export async function Figures({
  ctx,
  figures,
  range,
  locationId,
}: {
  ctx: Context;
  figures: DashboardFigures;
  range: Range;
  locationId: string | undefined;
}) {
  const [t, locale, now, before] = await Promise.all([
    getTranslations("admin.dashboard"),
    getLocale(),
    sumsOf(ctx, range.from, range.to, locationId),
    // Before all time there is nothing.
    range.name === "all" ? null : sumsOf(ctx, addDays(range.from, -range.days), addDays(range.from, -1), locationId),
  ]);
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const percent = (value: number) =>
    new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(value);
  const rate = rateOf(now.ended, now.missed);
  const oldRate = before && rateOf(before.ended, before.missed);
  return (
    <section aria-label={t("figures.label")}>
      <dl className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-5">
        <Figure
          label={t("figures.today")}
          value={count(figures.today.visits)}
          note={t("figures.todayNote", figures.today)}
        />
        <Figure
          label={t("figures.upcoming")}
          value={count(figures.upcoming.next7Days)}
          note={t("figures.upcomingNote", { count: figures.upcoming.unconfirmedTomorrow })}
        />
        <Figure label={t("figures.visits")} value={count(now.visits)} trend={visitTrend()} />
        <Figure
          label={t("figures.noShows")}
          value={rate === null ? t("figures.unknown") : percent(rate)}
          note={t("figures.noShowsNote", { missed: now.missed, ended: now.ended })}
          trend={rateTrend()}
        />
        <Figure
          label={t("figures.patients")}
          value={count(figures.patients)}
          note={t("figures.doctorsNote", { count: figures.doctors })}
        />
      </dl>
    </section>
  );

  function visitTrend() {
    if (!before) return undefined;
    if (before.visits === 0) return { words: t("trend.none"), direction: 0 as const };
    const change = now.visits / before.visits - 1;
    const word = change > 0 ? "more" : change < 0 ? "less" : "same";
    const values = { change: percent(Math.abs(change)), days: range.days };
    return { words: t(`trend.${word}`, values), direction: Math.sign(change) as -1 | 0 | 1 };
  }

  function rateTrend() {
    if (!before || rate === null) return undefined;
    if (oldRate === null) return { words: t("trend.none"), direction: 0 as const };
    const points = Math.round((rate - oldRate) * 1_000) / 10;
    const word = points > 0 ? "pointsMore" : points < 0 ? "pointsLess" : "pointsSame";
    const change = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(Math.abs(points));
    return { words: t(`trend.${word}`, { change, days: range.days }), direction: Math.sign(points) as -1 | 0 | 1 };
  }
}
