"use client";

import { CalendarX2, RefreshCw } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatLocalDate } from "@/lib/format/dates";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { LiveRegion } from "../ui/live-region";
import { DayStrip } from "./day-strip";
import { type FindQuery, findHref, readFindQuery, type TimesView } from "./query";
import { SlotGroups, SlotSkeleton } from "./slot-groups";
import { useTimes } from "./use-times";

export type TimesPickerProps = {
  initial: TimesView;
  /** The answers that the times depend on; `from` and `day` are read from the address. */
  query: FindQuery;
  /** The page that this is on, and where its times come from. */
  path: string;
  source: string;
  /** What the chosen time is sent to, with `fields` beside it. */
  choose: (form: FormData) => Promise<void>;
  fields: Record<string, string>;
  /** Said where there is nothing: whom to call. */
  help: ReactNode;
};

/** A strip of days and the times of one of them. Works as links and a form; with JavaScript, days change in place. */
export function TimesPicker({ initial, query, path, source, choose, fields, help }: TimesPickerProps) {
  const t = useTranslations("find.times");
  const locale = useLocale();
  const { from, day } = readFindQuery(Object.fromEntries(useSearchParams()));
  const { view, state, retry } = useTimes(source, query, { from, day }, initial);
  const selected = (day && view.days.some(({ date }) => date === day) ? day : undefined) ?? view.day;
  const expected = view.days.find(({ date }) => date === selected)?.count ?? 0;
  const dayName = selected ? formatLocalDate(selected, locale) : "";
  const said =
    state === "loading"
      ? t("loading")
      : state === "failed"
        ? t("failed")
        : t("said", { count: view.slots.length, day: dayName });

  return (
    <section aria-labelledby="times" className="grid gap-5">
      <h2 id="times" className="sr-only">
        {t("title")}
      </h2>
      <DayStrip
        view={view}
        selected={selected}
        hrefOf={(changes) => findHref(path, { ...query, from, day }, changes)}
        isBusy={state === "loading"}
      />
      <LiveRegion message={said} />
      {state === "failed" ? (
        <Alert
          variant="warning"
          title={t("failed")}
          action={
            <Button variant="secondary" onClick={retry}>
              <RefreshCw aria-hidden />
              {t("retry")}
            </Button>
          }
        >
          {t("failedBody")}
        </Alert>
      ) : state === "loading" ? (
        <SlotSkeleton heading={dayName} count={expected} />
      ) : selected && view.slots.length > 0 ? (
        <form action={choose}>
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <SlotGroups day={selected} view={view} />
        </form>
      ) : (
        <NoTimes next={view.next} hrefOf={(date) => findHref(path, query, { from: date, day: date })} help={help} />
      )}
    </section>
  );
}

function NoTimes({ next, hrefOf, help }: { next: string | null; hrefOf: (date: string) => string; help: ReactNode }) {
  const t = useTranslations("find.times");
  const locale = useLocale();
  return (
    <div className="grid justify-items-start gap-4 rounded-xl border border-dashed border-input p-6">
      <h3 className="flex items-center gap-2 text-lg">
        <CalendarX2 aria-hidden className="size-5 shrink-0 text-primary" />
        {t("none")}
      </h3>
      {next ? (
        <Button variant="secondary" asChild>
          <Link href={hrefOf(next)}>{t("next", { day: formatLocalDate(next, locale) })}</Link>
        </Button>
      ) : (
        <p className="text-muted-foreground">{t("noneAtAll")}</p>
      )}
      <div className="text-muted-foreground">{help}</div>
    </div>
  );
}
