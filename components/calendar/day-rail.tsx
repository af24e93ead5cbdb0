"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { VisitView } from "@/lib/appointments/views";
import { cn } from "../ui/cn";
import { StatusBadge, StatusIcon } from "../ui/status-badge";
import type { VisitWords } from "./visit-words";

const WAITING = ["booked", "arrived", "checked_in"];
const OVER = ["fulfilled", "no_show", "cancelled"];
const MINUTE_MS = 60_000;
/** Further off, the time of day says more. */
const SOON_MINUTES = 90;

type Props = {
  visits: VisitView[];
  at: string;
  words: VisitWords;
  openId: string | null;
  onOpen: (id: string) => void;
  /** What else needs the doctor. */
  children?: ReactNode;
};

/** Beside the calendar: who is next, what else is to be done, and the day as a list. */
export function DayRail({ visits, at, words, openId, onOpen, children }: Props) {
  const t = useTranslations("calendar.rail");
  const status = useTranslations("ui.status.staff");
  const current = visits.find((visit) => visit.status === "in_progress");
  const next = visits.find((visit) => WAITING.includes(visit.status) && Date.parse(visit.end) > Date.parse(at));
  const done = visits.filter((visit) => OVER.includes(visit.status)).length;
  return (
    <div className="grid gap-5">
      {current ? <Person title={t("now")} visit={current} {...{ at, words, onOpen }} /> : null}
      {next ? (
        <Person title={t("next")} visit={next} {...{ at, words, onOpen }} />
      ) : (
        <section>
          <h2 className="text-sm font-semibold text-muted-foreground">{t("next")}</h2>
          <p className="mt-1 font-semibold">{t("none")}</p>
          <p className="text-sm text-muted-foreground">{t("noneHint")}</p>
        </section>
      )}
      {children}
      <section>
        <div className="flex items-baseline justify-between gap-3 border-b pb-1">
          <h2 className="text-base">{t("today")}</h2>
          <p className="figures text-sm text-muted-foreground">{t("counts", { done, all: visits.length })}</p>
        </div>
        {visits.length === 0 ? <p className="py-2 text-sm text-muted-foreground">{t("empty")}</p> : null}
        <ol className="-mx-2 mt-1">
          {visits.map((visit) => (
            <li key={visit.id}>
              <button
                type="button"
                onClick={() => onOpen(visit.id)}
                aria-current={visit.id === openId ? "true" : undefined}
                className={cn(
                  "flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-start text-sm hover:bg-sunken aria-[current]:bg-accent pointer-coarse:min-h-11",
                  OVER.includes(visit.status) && "text-muted-foreground",
                )}
              >
                <span className="figures">{words.time(visit)}</span>
                <span className="min-w-0 flex-1 truncate">{words.name(visit)}</span>
                <StatusIcon status={visit.status} />
                <span className="sr-only">{status(visit.status)}</span>
              </button>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

type PersonProps = Pick<Props, "at" | "words" | "onOpen"> & { title: string; visit: VisitView };

function Person({ title, visit, at, words, onOpen }: PersonProps) {
  const t = useTranslations("calendar.rail");
  const minutes = Math.round((Date.parse(visit.start) - Date.parse(at)) / MINUTE_MS);
  const isNear = visit.status !== "in_progress" && Math.abs(minutes) <= SOON_MINUTES;
  return (
    <section>
      <h2 className="text-sm font-semibold text-muted-foreground">{title}</h2>
      <button
        type="button"
        onClick={() => onOpen(visit.id)}
        className="mt-1 block rounded-md text-start text-lg font-semibold hover:underline pointer-coarse:min-h-11"
      >
        {words.name(visit)}
      </button>
      <p className="text-sm">
        {words.range(visit)}
        {isNear ? (
          <span className="text-muted-foreground">
            {", "}
            {minutes >= 0 ? t("in", { minutes }) : t("late", { minutes: -minutes })}
          </span>
        ) : null}
      </p>
      <p className="text-sm text-muted-foreground">{visit.service.name}</p>
      <StatusBadge status={visit.status} className="mt-2" />
    </section>
  );
}
