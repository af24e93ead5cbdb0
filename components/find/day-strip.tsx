"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { MouseEvent, ReactNode } from "react";
import { formatLocalDate, formatMonths } from "@/lib/format/dates";
import { cn } from "../ui/cn";
import type { FindQuery, TimesView } from "./query";

type Props = {
  view: TimesView;
  selected: string | null;
  hrefOf: (changes: Partial<FindQuery>) => string;
  isBusy: boolean;
};

/** Follows a link of this page without loading it; a new tab or window stays one. */
function inPlace(event: MouseEvent<HTMLAnchorElement>) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  event.preventDefault();
  window.history.pushState(null, "", event.currentTarget.href);
}

/** Seven days, each with the count of its free times, and the way to the weeks beside them. */
export function DayStrip({ view, selected, hrefOf, isBusy }: Props) {
  const t = useTranslations("find.times");
  const locale = useLocale();
  const first = view.days[0]?.date;
  const last = view.days.at(-1)?.date;
  if (!first || !last) return null;
  return (
    <div className="grid gap-3" aria-busy={isBusy || undefined}>
      <div className="flex items-center justify-between gap-2">
        <PageLink href={view.earlier ? hrefOf({ from: view.earlier, day: undefined }) : null} label={t("earlier")}>
          <ChevronLeft aria-hidden className="size-5 rtl:rotate-180" />
        </PageLink>
        <p className="text-center text-base font-semibold">{formatMonths(first, last, locale)}</p>
        <PageLink href={view.later ? hrefOf({ from: view.later, day: undefined }) : null} label={t("later")}>
          <ChevronRight aria-hidden className="size-5 rtl:rotate-180" />
        </PageLink>
      </div>
      <ul aria-label={t("days")} className="grid grid-cols-7 gap-1 max-sm:-mx-2 sm:gap-2">
        {view.days.map(({ date, count }) => (
          <li key={date}>
            <Day date={date} count={count} isSelected={date === selected} href={hrefOf({ from: first, day: date })} />
          </li>
        ))}
      </ul>
      <p aria-hidden className="text-sm text-muted-foreground">
        {t("legend")}
      </p>
    </div>
  );
}

function Day({ date, count, isSelected, href }: { date: string; count: number; isSelected: boolean; href: string }) {
  const t = useTranslations("find.times");
  const locale = useLocale();
  const cell =
    "grid min-h-20 w-full content-center justify-items-center gap-0.5 rounded-lg border px-0.5 py-2 text-center";
  const face = (
    <>
      <span aria-hidden className="text-sm leading-tight">
        {formatLocalDate(date, locale, "weekday")}
      </span>
      <span aria-hidden className="figures text-lg leading-tight font-bold">
        {formatLocalDate(date, locale, "number")}
      </span>
      <span aria-hidden className="figures text-sm leading-tight">
        {count > 0 ? t("count", { count }) : "–"}
      </span>
      <span className="sr-only">{t("day", { day: formatLocalDate(date, locale), count })}</span>
    </>
  );
  if (count === 0)
    return <span className={cn(cell, "border-transparent bg-sunken text-muted-foreground")}>{face}</span>;
  return (
    <a
      href={href}
      onClick={inPlace}
      aria-current={isSelected ? "date" : undefined}
      className={cn(
        cell,
        isSelected
          ? "border-primary bg-primary text-primary-foreground forced:border-[Highlight]"
          : "border-input bg-surface hover:border-primary hover:bg-accent",
      )}
    >
      {face}
    </a>
  );
}

function PageLink({ href, label, children }: { href: string | null; label: string; children: ReactNode }) {
  const look = "grid size-11 place-items-center rounded-md border";
  if (!href)
    return (
      <span aria-hidden className={cn(look, "border-border text-muted-foreground opacity-40")}>
        {children}
      </span>
    );
  return (
    <a href={href} onClick={inPlace} className={cn(look, "border-input bg-surface hover:bg-sunken")}>
      {children}
      <span className="sr-only">{label}</span>
    </a>
  );
}
