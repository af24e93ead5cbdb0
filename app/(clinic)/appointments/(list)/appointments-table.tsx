"use client";

import { CalendarX } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { shortWhen } from "@/components/clinic/when";
import { DataTable } from "@/components/data-table/data-table";
import type { TableColumn, TableFilter, TableViews } from "@/components/data-table/types";
import { Button } from "@/components/ui/button";
import { StatusBadge, type VisitStatus } from "@/components/ui/status-badge";
import { appointmentsSpec } from "../spec";

export type VisitRow = {
  id: string;
  reference: string;
  start: string;
  timeZone: string;
  /** How the clock of the place is called, where the rows are of several. */
  zone?: string;
  minutes: number;
  status: VisitStatus;
  service: string;
  doctor: string;
  location: string;
  patient: string;
  mayMove: boolean;
};
type Options = { value: string; label: string }[];

export function AppointmentsTable({
  rows,
  total,
  locations,
  isClinic,
}: {
  rows: VisitRow[];
  total: number;
  locations: Options;
  /** Of the whole clinic, not one doctor's own. */
  isClinic: boolean;
}) {
  const t = useTranslations("clinic.appointments");
  const statusWords = useTranslations("ui.status.staff");
  const minutes = useTranslations("clinic");
  const locale = useLocale();

  const columns = useMemo<TableColumn<VisitRow>[]>(
    () => [
      { id: "start", header: t("columns.start"), cell: (row) => whenOf(row, locale) },
      { id: "patient", header: t("columns.patient"), cell: (row) => row.patient || t("unnamed") },
      { id: "service", header: t("columns.service"), cell: (row) => row.service },
      { id: "status", header: t("columns.status"), cell: (row) => <StatusBadge status={row.status} /> },
      { id: "doctor", header: t("columns.doctor"), cell: (row) => row.doctor },
      { id: "location", header: t("columns.location"), cell: (row) => row.location },
      {
        id: "duration",
        header: t("columns.duration"),
        cell: (row) => minutes("minutes", { hours: 0, minutes: row.minutes }),
        numeric: true,
      },
      {
        id: "reference",
        header: t("columns.reference"),
        cell: (row) => <span className="figures">{row.reference}</span>,
      },
    ],
    [t, minutes, locale],
  );
  const filters = useMemo<TableFilter[]>(
    () => [
      { key: "q", label: t("filters.q"), placeholder: t("filters.qPlaceholder") },
      { key: "from", label: t("filters.from") },
      { key: "to", label: t("filters.to") },
      {
        key: "status",
        label: t("filters.status"),
        options: STATUS_ORDER.map((value) => ({ value, label: statusWords(value) })),
      },
      ...(isClinic ? [{ key: "doctor", label: t("filters.doctor"), suggestHref: "/appointments/doctors" }] : []),
      { key: "location", label: t("filters.location"), options: locations },
    ],
    [t, statusWords, isClinic, locations],
  );
  const views = useMemo<TableViews>(() => {
    const isOf = (when: string | undefined) => (filters: Record<string, string[]>) =>
      !filters.from?.length && !filters.to?.length && filters.when?.[0] === when;
    const anyDay = { from: null, to: null };
    return {
      label: t("views.label"),
      links: [
        { label: t("views.upcoming"), change: { ...anyDay, when: null, sort: null }, isCurrent: isOf(undefined) },
        { label: t("views.past"), change: { ...anyDay, when: ["past"], sort: "-start" }, isCurrent: isOf("past") },
        { label: t("views.all"), change: { ...anyDay, when: ["all"], sort: "-start" }, isCurrent: isOf("all") },
      ],
    };
  }, [t]);
  return (
    <DataTable
      label={t("title")}
      spec={appointmentsSpec}
      columns={columns}
      filters={filters}
      rows={rows}
      total={total}
      rowId={(row) => row.id}
      rowName={(row) => `${row.patient}, ${shortWhen(row.start, row.timeZone, locale)}`}
      rowHref={(row) => `/appointments/${row.id}`}
      csvHref="/appointments/export"
      views={views}
      rowAction={(row) =>
        row.mayMove ? (
          <a href={`/appointments/${row.id}/move`} aria-label={t("moveNamed", { name: row.patient })}>
            {t("move")}
          </a>
        ) : null
      }
      empty={{
        icon: CalendarX,
        title: t("empty"),
        body: t("emptyBody"),
        action: isClinic ? (
          <Button asChild>
            <Link href="/book">{t("book")}</Link>
          </Button>
        ) : null,
      }}
    />
  );
}

const whenOf = ({ start, timeZone, zone }: VisitRow, locale: string) =>
  `${shortWhen(start, timeZone, locale)}${zone ? ` ${zone}` : ""}`;

const STATUS_ORDER: VisitStatus[] = [
  "booked",
  "arrived",
  "checked_in",
  "in_progress",
  "fulfilled",
  "no_show",
  "cancelled",
  "held",
];
