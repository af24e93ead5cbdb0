"use client";

import { CalendarX } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { shortWhen } from "@/components/clinic/when";
import { DataTable } from "@/components/data-table/data-table";
import type { TableColumn, TableFilter } from "@/components/data-table/types";
import { Button } from "@/components/ui/button";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { StatusBadge, type VisitStatus } from "@/components/ui/status-badge";
import { appointmentsSpec } from "../spec";

export type VisitRow = {
  id: string;
  reference: string;
  start: string;
  timeZone: string;
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
  doctors,
  locations,
  mayBook,
}: {
  rows: VisitRow[];
  total: number;
  /** None: one's own only. */
  doctors: Options;
  locations: Options;
  mayBook: boolean;
}) {
  const t = useTranslations("clinic.appointments");
  const statusWords = useTranslations("ui.status.staff");
  const minutes = useTranslations("clinic");
  const locale = useLocale();

  const columns = useMemo<TableColumn<VisitRow>[]>(
    () => [
      { id: "start", header: t("columns.start"), cell: (row) => shortWhen(row.start, row.timeZone, locale) },
      { id: "patient", header: t("columns.patient"), cell: (row) => row.patient || t("unnamed") },
      { id: "service", header: t("columns.service"), cell: (row) => row.service },
      { id: "doctor", header: t("columns.doctor"), cell: (row) => row.doctor },
      { id: "location", header: t("columns.location"), cell: (row) => row.location },
      { id: "status", header: t("columns.status"), cell: (row) => <StatusBadge status={row.status} /> },
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
      ...(doctors.length > 0 ? [{ key: "doctor", label: t("filters.doctor"), options: doctors }] : []),
      { key: "location", label: t("filters.location"), options: locations },
    ],
    [t, statusWords, doctors, locations],
  );
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
      rowActions={(row) => (
        <>
          <DropdownMenuItem asChild>
            <Link href={`/appointments/${row.id}`}>{t("open")}</Link>
          </DropdownMenuItem>
          {row.mayMove ? (
            <DropdownMenuItem asChild>
              <Link href={`/appointments/${row.id}/move`}>{t("move")}</Link>
            </DropdownMenuItem>
          ) : null}
        </>
      )}
      empty={{
        icon: CalendarX,
        title: t("empty"),
        body: t("emptyBody"),
        action: mayBook ? (
          <Button asChild>
            <Link href="/book">{t("book")}</Link>
          </Button>
        ) : null,
      }}
    />
  );
}

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
