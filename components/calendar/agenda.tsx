"use client";

import { CalendarOff, Plane } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { VisitView } from "@/lib/appointments/views";
import type { CalendarFeed } from "@/lib/doctors/calendar-feed";
import { datesBetween } from "@/lib/domain/calendar";
import { formatLocalDate } from "@/lib/format/dates";
import { EmptyState } from "../ui/empty-state";
import { StatusBadge } from "../ui/status-badge";
import { dateAt } from "./range";
import type { VisitWords } from "./visit-words";

type Props = {
  from: string;
  /** Included. */
  until: string;
  timeZone: string;
  feed: CalendarFeed;
  words: VisitWords;
  placeName: (id: string) => string | null;
  onOpen: (id: string) => void;
};

/** The same visits as a list, day by day: all that the grid shows, in reading order. */
export function Agenda({ from, until, timeZone, feed, words, placeName, onOpen }: Props) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const byDate = new Map<string, VisitView[]>();
  for (const visit of feed.visits) {
    const date = dateAt(visit.start, timeZone);
    byDate.set(date, [...(byDate.get(date) ?? []), visit]);
  }
  const leaveOn = (date: string) =>
    feed.leave.filter(
      (span) => dateAt(span.start, timeZone) <= date && dateAt(new Date(Date.parse(span.end) - 1), timeZone) >= date,
    );
  const days = datesBetween(from, until).filter((date) => byDate.has(date) || leaveOn(date).length > 0);
  if (days.length === 0)
    return (
      <EmptyState icon={CalendarOff} title={t("agenda.empty")}>
        {t("agenda.emptyHint")}
      </EmptyState>
    );
  return (
    <ol className="grid gap-5">
      {days.map((date) => (
        <li key={date}>
          <section aria-labelledby={`day-${date}`}>
            <h2 id={`day-${date}`} className="mb-1.5 text-base">
              {formatLocalDate(date, locale, "day")}
            </h2>
            {leaveOn(date).map((span) => (
              <p key={span.id} className="mb-1.5 flex items-center gap-2 text-sm font-semibold text-warning-ink">
                <Plane aria-hidden className="size-4" />
                {span.reason ? t("leaveWith", { reason: span.reason }) : t("leave")}
              </p>
            ))}
            {byDate.has(date) ? (
              <ul className="divide-y rounded-lg border bg-surface">
                {byDate.get(date)?.map((visit) => (
                  <AgendaRow key={visit.id} {...{ visit, words, placeName, onOpen }} />
                ))}
              </ul>
            ) : (
              <p className="text-sm text-muted-foreground">{t("agenda.dayEmpty")}</p>
            )}
          </section>
        </li>
      ))}
    </ol>
  );
}

type RowProps = Pick<Props, "words" | "placeName" | "onOpen"> & { visit: VisitView };

function AgendaRow({ visit, words, placeName, onOpen }: RowProps) {
  const place = placeName(visit.location.id);
  return (
    <li>
      <button
        type="button"
        onClick={() => onOpen(visit.id)}
        className="grid w-full grid-cols-[4.25rem_1fr_auto] items-center gap-x-3 gap-y-0.5 rounded-md px-3 py-2 text-start text-sm hover:bg-sunken pointer-coarse:min-h-11"
      >
        <span className="figures font-semibold">{words.time(visit)}</span>
        <span className="min-w-0">
          <strong className="font-semibold max-sm:block">{words.name(visit)}</strong>{" "}
          <span className="text-muted-foreground">
            {visit.service.name}
            {place ? `, ${place}` : null}
          </span>
        </span>
        <StatusBadge status={visit.status} />
      </button>
    </li>
  );
}
