"use client";

import { Phone, Video } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { VisitView } from "@/lib/appointments/views";
import { formatDay, formatLocalDate, formatTimeRange, sameClock, zoneName } from "@/lib/format/dates";
import { StatusBadge } from "../ui/status-badge";
import type { VisitDetails as Details } from "./types";
import { VisitHistory } from "./visit-history";

type Props = {
  details: Details;
  /** The clock of the calendar beside it; the visit's own where there is none. */
  timeZone?: string | undefined;
  /** What can be done with it. */
  children?: ReactNode;
};

/** One visit: who, when, where, why, and what has happened to it. */
export function VisitDetails({ details, timeZone, children }: Props) {
  const t = useTranslations("calendar.visit");
  const { visit } = details;
  return (
    <div className="grid gap-5 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <StatusBadge status={visit.status} />
        {visit.status === "booked" ? (
          <span className="text-muted-foreground">{t(visit.confirmedAt ? "confirmed" : "unconfirmed")}</span>
        ) : null}
      </div>
      {children}
      <section>
        <h3 className="mb-1 text-base">{t("details")}</h3>
        <VisitFacts visit={visit} timeZone={timeZone} />
      </section>
      {details.patient ? (
        <section>
          <h3 className="mb-1 text-base">{t("patient")}</h3>
          <PatientFacts patient={details.patient} at={visit.start} />
        </section>
      ) : null}
      <VisitHistory details={details} />
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_1fr] gap-x-3 border-t py-1.5">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function VisitFacts({ visit, timeZone }: { visit: VisitView; timeZone: string | undefined }) {
  const t = useTranslations("calendar.visit");
  const locale = useLocale();
  const clock = timeZone ?? visit.timeZone;
  const time = (zone: string) => formatTimeRange(visit.start, visit.end, zone, locale);
  return (
    <dl>
      <Fact label={t("when")}>
        {formatDay(visit.start, clock, locale)}
        <br />
        <strong className="font-semibold">{time(clock)}</strong>
        {sameClock(visit.start, clock, visit.timeZone) ? null : (
          <span className="block">
            {t("elsewhere", { time: time(visit.timeZone), zone: zoneName(visit.timeZone, visit.start, locale) })}
          </span>
        )}
      </Fact>
      <Fact label={t("where")}>
        <Where visit={visit} />
      </Fact>
      <Fact label={t("service")}>{t("minutes", { service: visit.service.name, minutes: visit.durationMinutes })}</Fact>
      <Fact label={t("reason")}>{visit.reason ?? <span className="text-muted-foreground">{t("noReason")}</span>}</Fact>
      {visit.overrideReason ? <Fact label={t("override")}>{visit.overrideReason}</Fact> : null}
      <Fact label={t("reference")}>
        <span className="figures">{visit.reference}</span>
      </Fact>
    </dl>
  );
}

function Where({ visit }: { visit: VisitView }) {
  const t = useTranslations("calendar.visit");
  const place = visit.room ? t("room", { place: visit.location.name, room: visit.room.name }) : visit.location.name;
  if (visit.modality === "in_person") return place;
  const Icon = visit.modality === "video" ? Video : Phone;
  return (
    <>
      <span className="flex items-center gap-1.5">
        <Icon aria-hidden className="size-4" />
        {t(visit.modality === "video" ? "video" : "phoneCall")}
      </span>
      {visit.videoUrl ? (
        <a href={visit.videoUrl} className="link block" rel="noreferrer" target="_blank">
          {t("join")}
        </a>
      ) : null}
      <span className="text-muted-foreground">{place}</span>
    </>
  );
}

/** Whole years between a date of birth and a day. */
function ageAt(dateOfBirth: string, at: string): number {
  const [day, birth] = [at.slice(0, 10), dateOfBirth];
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return Math.max(0, day.slice(5) < birth.slice(5) ? years - 1 : years);
}

function PatientFacts({ patient, at }: { patient: NonNullable<Details["patient"]>; at: string }) {
  const t = useTranslations("calendar.visit");
  const locale = useLocale();
  const missing = <span className="text-muted-foreground">{t("missing")}</span>;
  return (
    <dl>
      <Fact label={t("born")}>
        {patient.dateOfBirth
          ? t("bornWithAge", {
              date: formatLocalDate(patient.dateOfBirth, locale, "date"),
              age: ageAt(patient.dateOfBirth, at),
            })
          : missing}
      </Fact>
      <Fact label={t("phone")}>
        {patient.phone ? (
          <a href={`tel:${patient.phone}`} className="link figures">
            {patient.phoneText}
          </a>
        ) : (
          missing
        )}
      </Fact>
      <Fact label={t("email")}>
        {patient.email ? (
          <a href={`mailto:${patient.email}`} className="link break-all">
            {patient.email}
          </a>
        ) : (
          missing
        )}
      </Fact>
      <Fact label={t("record")}>
        <span className="figures">{patient.recordNumber}</span>
      </Fact>
    </dl>
  );
}
