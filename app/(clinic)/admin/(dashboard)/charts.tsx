import { getLocale, getTranslations } from "next-intl/server";
import { Chart } from "@/components/analytics/chart";
import { FiguresTable } from "@/components/analytics/figures-table";
import { grainOf, groupDays } from "@/components/analytics/group-days";
import { noShowByLeadTime } from "@/lib/analytics/no-show-by-lead-time";
import { noShowByWeekday } from "@/lib/analytics/no-show-by-weekday";
import type { LeadBucket, NoShowRate } from "@/lib/analytics/views";
import { visitsPerDay } from "@/lib/analytics/visits-per-day";
import { formatLocalDate } from "@/lib/format/dates";
import type { Context } from "@/lib/platform/context";
import type { Range } from "./range";

type Props = { ctx: Context; range: Range; locationId: string | undefined };

export async function Charts({ ctx, range, locationId }: Props) {
  const span = { from: range.from, to: range.to, locationId };
  const [t, locale, days, leadTimes, weekdays] = await Promise.all([
    getTranslations("admin.dashboard.charts"),
    getLocale(),
    visitsPerDay(ctx, span),
    noShowByLeadTime(ctx, span),
    noShowByWeekday(ctx, span),
  ]);
  if (!days.ok || !leadTimes.ok || !weekdays.ok) throw new Error("figures were refused");
  const bucketName = ({ from, to }: LeadBucket) => {
    if (to === null) return t("bucket.open", { from });
    if (to === 0) return t("bucket.same");
    return from === to ? t("bucket.one") : t("bucket.range", { from, to });
  };
  const shortBucket = ({ from, to }: LeadBucket) => {
    if (to === null) return t("bucket.shortOpen", { from });
    return from === to ? t("bucket.shortOne", { from }) : t("bucket.shortRange", { from, to });
  };
  // 2024-01-01 was a Monday.
  const weekdayName = (weekday: number, style: "long" | "short") =>
    new Intl.DateTimeFormat(locale, { weekday: style, timeZone: "UTC" }).format(Date.UTC(2024, 0, weekday));
  return (
    <div className="grid gap-x-8 gap-y-8 xl:grid-cols-2">
      <div className="min-w-0 xl:col-span-2">
        <VisitsChart days={days.value} locale={locale} total={range.days} />
      </div>
      <RateChart
        kind="leadTime"
        locale={locale}
        rows={leadTimes.value.map((row) => ({ ...row, name: bucketName(row), short: shortBucket(row) }))}
      />
      <RateChart
        kind="weekday"
        locale={locale}
        rows={weekdays.value.map(({ weekday, ...row }) => {
          return { ...row, name: weekdayName(weekday, "long"), short: weekdayName(weekday, "short") };
        })}
      />
    </div>
  );
}

async function VisitsChart({
  days,
  locale,
  total,
}: {
  days: Parameters<typeof groupDays>[0];
  locale: string;
  total: number;
}) {
  const t = await getTranslations("admin.dashboard.charts.visits");
  const grain = grainOf(total);
  const groups = groupDays(days, grain);
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const long = (date: string) => formatLocalDate(date, locale, grain === "month" ? "month" : "date");
  const short = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    timeZone: "UTC",
    month: "short",
    ...(grain === "month" ? { year: "numeric" } : { day: "numeric" }),
  });
  const rows = groups.map((group) => ({ ...group, other: group.visits - group.fulfilled - group.noShows }));
  const most = rows.reduce((best, row) => (row.visits > best.visits ? row : best), rows[0] ?? emptyRow);
  const series = [
    { key: "fulfilled", label: t("series.fulfilled"), colour: "var(--chart-1)" },
    { key: "noShows", label: t("series.noShows"), colour: "var(--chart-2)" },
    { key: "other", label: t("series.other"), colour: "var(--chart-3)" },
  ].filter(({ key }) => rows.some((row) => row[key as "other"] > 0));
  const first = { day: "date", week: "week", month: "month" }[grain];
  return (
    <Chart
      title={t(`title.${grain}`)}
      summary={t("summary", {
        total: rows.reduce((sum, row) => sum + row.visits, 0),
        busiest: long(most.date),
        most: most.visits,
      })}
      bars={{
        locale,
        series,
        data: rows.map((row) => ({
          label: short.format(new Date(`${row.date}T12:00:00Z`)),
          fulfilled: row.fulfilled,
          noShows: row.noShows,
          other: row.other,
        })),
      }}
    >
      <FiguresTable
        label={t(`title.${grain}`)}
        columns={[first, "visits", "fulfilled", "noShows", "other"].map((column) => t(`columns.${column}`))}
        rows={rows.map((row) => ({
          key: row.date,
          name: long(row.date),
          values: [row.visits, row.fulfilled, row.noShows, row.other].map(count),
        }))}
      />
    </Chart>
  );
}
const emptyRow = { date: "1970-01-01", visits: 0, fulfilled: 0, noShows: 0, other: 0 };

/** No-show rates side by side. */
async function RateChart({
  kind,
  locale,
  rows,
}: {
  kind: "leadTime" | "weekday";
  locale: string;
  rows: (NoShowRate & { name: string; short: string })[];
}) {
  const [t, leadTime] = await Promise.all([
    getTranslations(`admin.dashboard.charts.${kind}`),
    getTranslations("admin.dashboard.charts.leadTime"),
  ]);
  const first = kind === "leadTime" ? "bucket" : "weekday";
  const percent = (value: number | null) =>
    value === null ? "–" : new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(value);
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const worst = rows.reduce<(typeof rows)[number] | null>(
    (most, row) => ((row.rate ?? -1) > (most?.rate ?? -1) ? row : most),
    null,
  );
  return (
    <Chart
      title={t("title")}
      summary={t("summary", { [first]: worst?.name ?? "", rate: percent(worst?.rate ?? null) })}
      bars={{
        locale,
        isRate: true,
        series: [{ key: "rate", label: leadTime("series"), colour: "var(--chart-2)" }],
        data: rows.map(({ short, rate }) => ({ label: short, rate: rate ?? 0 })),
      }}
      axis={kind === "leadTime" ? leadTime("axis") : undefined}
    >
      <FiguresTable
        label={t("title")}
        columns={[first, "visits", "noShows", "rate"].map((column) => t(`columns.${column}`))}
        rows={rows.map((row) => ({
          key: row.name,
          name: row.name,
          values: [count(row.visits), count(row.noShows), percent(row.rate)],
        }))}
      />
    </Chart>
  );
}
