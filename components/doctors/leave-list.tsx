"use client";

import { CalendarPlus, Plane } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { CreatedException } from "@/lib/doctors/views";
import { formatDate, formatDay, formatTime, formatTimeRange } from "@/lib/format/dates";
import type { FormAction, FormAnswer } from "../staff/use-form-action";
import { useFormAction } from "../staff/use-form-action";
import { Alert } from "../ui/alert";
import { Badge } from "../ui/badge";
import { ErrorSummary } from "../ui/error-summary";
import { SubmitButton } from "../ui/submit-button";
import type { Named } from "./hours-row";

type Props<State extends FormAnswer> = {
  doctorId: string;
  exceptions: CreatedException[];
  /** Where the doctor works; the first gives the clock for leave from all places. */
  places: (Named & { timeZone: string })[];
  /** A form action over `deleteExceptionForm`. */
  remove: FormAction<State>;
  idle: State;
  /** Where a visit that falls into leave is dealt with, without its id: "/calendar/visits/". */
  visitPath: string;
};

/** Leave and extra hours ahead, and the visits that still fall into leave. */
export function LeaveList<State extends FormAnswer>({
  doctorId,
  exceptions,
  places,
  remove,
  idle,
  visitPath,
}: Props<State>) {
  const t = useTranslations("hours.exceptions");
  const [state, submit] = useFormAction(remove, idle);
  return (
    <div className="grid gap-3">
      <ErrorSummary errors={state.errors} />
      {state.status === "done" ? (
        <Alert variant="success" role="status">
          {t("deleted")}
        </Alert>
      ) : null}
      {exceptions.length === 0 ? <p className="text-sm text-muted-foreground">{t("empty")}</p> : null}
      {exceptions.length > 0 ? (
        <ul className="divide-y border-y">
          {exceptions.map((exception) => (
            <li key={exception.id} className="grid gap-2 py-3">
              <Exception {...{ exception, places }}>
                <form action={submit}>
                  <input type="hidden" name="doctorId" value={doctorId} />
                  <input type="hidden" name="id" value={exception.id} />
                  <RemoveButton {...{ exception, places }} />
                </form>
              </Exception>
              <Affected {...{ exception, visitPath }} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

type OneProps = { exception: CreatedException; places: Props<FormAnswer>["places"] };

/** "Monday 3 May 2027" for a whole day, dates or times otherwise. */
function useSpanWords({ exception, places }: OneProps): string {
  const t = useTranslations("hours.exceptions");
  const locale = useLocale();
  const zone = places.find(({ id }) => id === exception.locationId)?.timeZone ?? places[0]?.timeZone ?? "UTC";
  const { from, to } = exception;
  const last = new Date(Date.parse(to) - 1).toISOString();
  const day = (at: string) => formatDay(at, zone, locale);
  // In English whatever the page speaks: the words are compared, not shown.
  const isWhole = formatTime(from, zone, "en") === "midnight" && formatTime(to, zone, "en") === "midnight";
  const isOneDay = day(from) === day(last);
  if (isOneDay) return isWhole ? day(from) : `${day(from)}, ${formatTimeRange(from, to, zone, locale)}`;
  const dateAndTime = (at: string) => `${formatDate(at, zone, locale)}, ${formatTime(at, zone, locale)}`;
  return isWhole
    ? t("from", { from: formatDate(from, zone, locale), to: formatDate(last, zone, locale) })
    : t("from", { from: dateAndTime(from), to: dateAndTime(to) });
}

function Exception({ exception, places, children }: OneProps & { children: React.ReactNode }) {
  const t = useTranslations("hours.exceptions");
  const span = useSpanWords({ exception, places });
  const Icon = exception.kind === "leave" ? Plane : CalendarPlus;
  const place = places.find(({ id }) => id === exception.locationId)?.name ?? t("everywhere");
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <Badge variant={exception.kind === "leave" ? "warning" : "success"}>
          <Icon aria-hidden />
          {t(exception.kind)}
        </Badge>
        <p className="mt-1 text-sm font-semibold">{span}</p>
        <p className="text-sm text-muted-foreground">
          {place}
          {exception.reason ? `, ${exception.reason}` : null}
        </p>
      </div>
      {children}
    </div>
  );
}

function RemoveButton(props: OneProps) {
  const t = useTranslations("hours.exceptions");
  const what = `${t(props.exception.kind)}, ${useSpanWords(props)}`;
  return (
    <SubmitButton variant="secondary" size="sm" pendingLabel={t("deleting")} aria-label={t("deleteNamed", { what })}>
      {t("delete")}
    </SubmitButton>
  );
}

function Affected({ exception, visitPath }: { exception: CreatedException; visitPath: string }) {
  const t = useTranslations("hours.exceptions");
  const locale = useLocale();
  const visits = exception.affectedAppointments;
  if (visits.length === 0) return null;
  const time = (at: string, zone: string) => `${formatDay(at, zone, locale)}, ${formatTime(at, zone, locale)}`;
  return (
    <Alert variant="warning" title={t("affected", { count: visits.length })}>
      <p>{t("affectedHint", { count: visits.length })}</p>
      <ul className="mt-2 grid gap-1 text-sm">
        {visits.map((visit) => (
          <li key={visit.id}>
            <Link href={`${visitPath}${visit.id}`} className="inline-block py-0.5 pointer-coarse:py-2.5">
              {t("visit", {
                time: time(visit.start, visit.timeZone),
                name: visit.patient?.name ?? t("nobody"),
                service: visit.service.name,
              })}
            </Link>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
