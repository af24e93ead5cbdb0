"use client";

import { Clock, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatTime } from "@/lib/format/dates";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { StatusBadge, type VisitStatus } from "../ui/status-badge";
import { latenessOf } from "./late";
import { hoursAndMinutes, minutesBetween } from "./minutes";

export type CardVisit = {
  id: string;
  status: VisitStatus;
  start: string;
  end: string;
  since: string;
  version: number;
  timeZone: string;
  patient: string;
  service: string;
  doctor: string;
  /** Where it is not clear from the list. */
  place: string | null;
  room: string | null;
  /** The clock of the time, where the list has several. */
  zone: string | null;
  next: VisitStatus[];
};

const timed: VisitStatus[] = ["arrived", "checked_in", "in_progress"];

export function BoardCard({
  visit,
  now,
  submit,
  pending,
}: {
  visit: CardVisit;
  now: string;
  submit: (form: FormData) => void;
  pending: boolean;
}) {
  const t = useTranslations("clinic");
  const locale = useLocale();
  const late = latenessOf(visit, new Date(now));
  const since = minutesBetween(visit.since, now);
  const isOver = visit.next.length === 0;
  return (
    <li
      className={cn(
        "grid content-start gap-0.5 rounded-lg border bg-surface px-3 py-2 text-sm shadow-raised",
        late && "border-warning-line",
        isOver && "bg-transparent shadow-none",
      )}
    >
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span className="figures font-semibold whitespace-nowrap">
          {formatTime(visit.start, visit.timeZone, locale)}
          {visit.zone ? <span className="font-normal text-muted-foreground"> {visit.zone}</span> : null}
        </span>
        <Link
          href={`/appointments/${visit.id}`}
          data-visit={visit.id}
          className="link inline-flex min-h-6 items-center font-semibold pointer-coarse:min-h-11"
        >
          {visit.patient}
        </Link>
        {timed.includes(visit.status) ? (
          <span className="figures ms-auto inline-flex items-center gap-1 text-muted-foreground">
            <Clock aria-hidden className="size-3.5" />
            <span className="sr-only">{t("board.since")}</span>
            {t("minutes", hoursAndMinutes(since))}
          </span>
        ) : null}
      </div>
      {isOver && visit.status !== "fulfilled" ? (
        <StatusBadge status={visit.status} className="justify-self-start" />
      ) : null}
      <p className="text-muted-foreground">
        {[visit.service, visit.doctor, visit.room, visit.place].filter(Boolean).join(" · ")}
      </p>
      {late ? (
        <p className="mt-0.5 flex items-center gap-1.5 font-semibold text-warning-ink">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {t(`board.${late.kind}`, { time: t("minutes", hoursAndMinutes(late.minutes)) })}
        </p>
      ) : null}
      <NextSteps visit={visit} isLate={late?.kind === "late"} submit={submit} pending={pending} />
    </li>
  );
}

/** The step that usually follows, and for one who is late that they did not come. All others are on the visit's page. */
function NextSteps({
  visit,
  isLate,
  submit,
  pending,
}: {
  visit: CardVisit;
  isLate: boolean;
  submit: (form: FormData) => void;
  pending: boolean;
}) {
  const t = useTranslations("clinic");
  const usual = visit.next.filter((status) => status !== "no_show" && status !== "cancelled");
  const steps = [...usual.slice(0, 1), ...(isLate && visit.next.includes("no_show") ? (["no_show"] as const) : [])];
  if (steps.length === 0) return null;
  return (
    <form action={submit} className="mt-1.5 flex flex-wrap gap-2">
      <input type="hidden" name="id" value={visit.id} />
      <input type="hidden" name="expectedVersion" value={visit.version} />
      {steps.map((status, index) => (
        <Button
          key={status}
          type="submit"
          name="status"
          value={status}
          size="sm"
          variant={index === 0 ? "soft" : "secondary"}
          aria-disabled={pending || undefined}
          aria-label={t("board.stepFor", { step: t(`steps.${status}`), name: visit.patient })}
        >
          {t(`steps.${status}`)}
        </Button>
      ))}
    </form>
  );
}
