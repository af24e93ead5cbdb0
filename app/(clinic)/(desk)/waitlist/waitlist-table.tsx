"use client";

import { Hourglass } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { shortDay, shortWhen } from "@/components/clinic/when";
import { DataTable } from "@/components/data-table/data-table";
import type { TableColumn, TableFilter, TableViews } from "@/components/data-table/types";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatLocalDate } from "@/lib/format/dates";
import type { WaitlistRow } from "@/lib/waitlist/waitlist-table";
import { OFFER_LOOKS } from "./offer-looks";
import { waitlistSpec } from "./spec";

type Props = { rows: WaitlistRow[]; total: number; services: { value: string; label: string }[] };

export function WaitlistTable({ rows, total, services }: Props) {
  const t = useTranslations("clinic.waitlist");
  const locale = useLocale();
  const columns = useMemo<TableColumn<WaitlistRow>[]>(
    () => [
      { id: "patient", header: t("columns.patient"), cell: (row) => row.patient.name },
      { id: "service", header: t("columns.service"), cell: (row) => <Wish row={row} />, className: "wraps" },
      { id: "days", header: t("columns.days"), cell: (row) => <Days row={row} />, className: "wraps" },
      { id: "since", header: t("columns.since"), cell: (row) => shortDay(row.since, "UTC", locale) },
      { id: "offers", header: t("columns.offers"), cell: (row) => <Offers row={row} /> },
      {
        id: "status",
        header: t("columns.status"),
        cell: (row) => (
          <div className="grid gap-1">
            <Badge variant={row.status === "fulfilled" ? "success" : "neutral"} className="justify-self-start">
              {t(`status.${row.status}`)}
            </Badge>
            {row.leaveReason ? <p className="text-muted-foreground">{t(`reasons.${row.leaveReason}`)}</p> : null}
          </div>
        ),
        className: "wraps",
      },
    ],
    [t, locale],
  );
  const filters = useMemo<TableFilter[]>(
    () => [
      { key: "q", label: t("filters.q"), placeholder: t("filters.qPlaceholder") },
      { key: "service", label: t("filters.service"), options: services },
      {
        key: "offer",
        label: t("filters.offer"),
        options: OFFER_LOOKS.map(({ status }) => ({ value: status, label: t(`offer.${status}`) })),
      },
    ],
    [t, services],
  );
  const views = useMemo<TableViews>(() => {
    const link = (name: "waiting" | "ended" | "all") => {
      const when = name === "waiting" ? undefined : name;
      const isCurrent = (filters: Record<string, string[]>) => filters.when?.[0] === when;
      return { label: t(`views.${name}`), change: { when: when ? [when] : null }, isCurrent };
    };
    return { label: t("views.label"), links: [link("waiting"), link("ended"), link("all")] };
  }, [t]);
  return (
    <DataTable
      label={t("title")}
      spec={waitlistSpec}
      columns={columns}
      filters={filters}
      rows={rows}
      total={total}
      rowId={(row) => row.id}
      rowName={(row) => `${row.patient.name}, ${row.service}`}
      rowHref={(row) => `/patients/${row.patient.id}`}
      views={views}
      rowAction={(row) =>
        row.status === "waiting" ? (
          <Button variant="secondary" size="sm" asChild>
            <Link
              href={`/waitlist/${row.id}`}
              aria-label={t("openNamed", { name: row.patient.name, service: row.service })}
            >
              {t("open")}
            </Link>
          </Button>
        ) : null
      }
      empty={{ icon: Hourglass, title: t("empty"), body: t("emptyBody") }}
    />
  );
}

/** What is waited for; what does not matter is not said. */
function Wish({ row }: { row: WaitlistRow }) {
  const t = useTranslations("clinic.waitlist");
  const more = [...row.doctors, ...(row.location ? [row.location] : []), ...(row.isEarlier ? [t("earlier")] : [])];
  return (
    <div>
      {row.service}
      {more.length > 0 ? <p className="text-muted-foreground">{more.join(", ")}</p> : null}
    </div>
  );
}

function Days({ row }: { row: WaitlistRow }) {
  const t = useTranslations("clinic.waitlist");
  const locale = useLocale();
  const date = (day: string) => formatLocalDate(day, locale, "date");
  // 2024-01-01 was a Monday.
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const more = [
    ...row.weekdays.map((day) => weekday.format(Date.UTC(2024, 0, day))),
    ...row.partsOfDay.map((part) => t(`part.${part}`)),
  ];
  return (
    <div>
      {t("span", { from: date(row.from), to: date(row.to) })}
      {more.length > 0 ? <p className="text-muted-foreground">{more.join(", ")}</p> : null}
    </div>
  );
}

/** The latest ones, and how many there were before. */
function Offers({ row }: { row: WaitlistRow }) {
  const t = useTranslations("clinic.waitlist");
  const locale = useLocale();
  const { offers, offerCount } = row;
  if (offerCount === 0) return <span className="text-muted-foreground">{t("noOffers")}</span>;
  return (
    <ul className="grid gap-1">
      {offers.map(({ id, start, timeZone, doctor, status }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-2" title={doctor}>
          <Badge variant={OFFER_LOOKS.find((known) => known.status === status)?.look}>{t(`offer.${status}`)}</Badge>
          {shortWhen(start, timeZone, locale)}
        </li>
      ))}
      {offerCount > offers.length ? (
        <li className="text-muted-foreground">{t("moreOffers", { count: offerCount - offers.length })}</li>
      ) : null}
    </ul>
  );
}
