import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { VisitView } from "@/lib/appointments/views";
import { formatDay, formatLocalDate, formatMonth, formatTime } from "@/lib/format/dates";
import { StatusBadge } from "../ui/status-badge";
import { visitHref } from "./visit-href";

/** Visits under the months in which they are, each row leading to its page. `showsPerson` where they are not all one person's. */
export function VisitList({ visits, showsPerson }: { visits: VisitView[]; showsPerson: boolean }) {
  const locale = useLocale();
  const monthOf = (visit: VisitView) => formatMonth(visit.start, visit.timeZone, locale);
  const months = [...new Set(visits.map(monthOf))];
  return (
    <div className="grid gap-8">
      {months.map((month) => (
        <div key={month}>
          <h3 className="mb-2 text-base font-semibold text-muted-foreground">{month}</h3>
          <ul className="divide-y rounded-xl border bg-surface">
            {visits
              .filter((visit) => monthOf(visit) === month)
              .map((visit) => (
                <li key={visit.id}>
                  <VisitRow visit={visit} showsPerson={showsPerson} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function VisitRow({ visit, showsPerson }: { visit: VisitView; showsPerson: boolean }) {
  const t = useTranslations("visits");
  const locale = useLocale();
  const { start, timeZone, status } = visit;
  const date = new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date(start)).slice(0, 10);
  return (
    <Link
      href={visitHref(visit)}
      className="group flex min-h-18 items-center gap-4 px-4 py-3 first:rounded-t-xl hover:bg-accent sm:px-5"
    >
      <span aria-hidden className="grid w-11 shrink-0 justify-items-center">
        <span className="text-sm leading-tight text-muted-foreground">{formatLocalDate(date, locale, "weekday")}</span>
        <span className="figures text-xl leading-tight font-bold">{formatLocalDate(date, locale, "number")}</span>
      </span>
      <span className="grid min-w-0 flex-1 gap-0.5">
        <span className="sr-only">{formatDay(start, timeZone, locale)}, </span>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="figures font-semibold">{formatTime(start, timeZone, locale)}</span>
          <span>{visit.service.name}</span>
          {status === "booked" || status === "fulfilled" ? null : <StatusBadge status={status} audience="patient" />}
        </span>
        <span className="text-base text-muted-foreground">
          {showsPerson && visit.patient ? (
            <strong className="block font-semibold text-foreground">{t("for", { name: visit.patient.name })}</strong>
          ) : null}
          {visit.doctor.name}, {visit.location.name}
        </span>
      </span>
      <ChevronRight
        aria-hidden
        className="size-5 shrink-0 text-muted-foreground group-hover:text-primary rtl:rotate-180"
      />
    </Link>
  );
}
