"use client";

import { Eye } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { shortDay } from "@/components/clinic/when";
import { DataTable } from "@/components/data-table/data-table";
import type { TableColumn, TableFilter } from "@/components/data-table/types";
import { jobKey } from "@/lib/audit/system-jobs";
import { ACCESS_KINDS, ACCESS_TARGETS, type AccessView } from "@/lib/audit/views";
import { accessSpec } from "../../spec";

/** Who read what of whose records. */
export function AccessTable({ rows, total }: { rows: AccessView[]; total: number }) {
  const t = useTranslations("admin.audit");
  const locale = useLocale();
  const columns = useMemo<TableColumn<AccessView>[]>(() => {
    const whatOf = (row: AccessView) => t(`read.${ACCESS_TARGETS.find((known) => known === row.what) ?? "record"}`);
    const accessOf = (row: AccessView) => t(`by.${ACCESS_KINDS.find((known) => known === row.access) ?? "system"}`);
    return [
      {
        id: "at",
        header: t("at"),
        cell: (row) => <span className="figures">{`${shortDay(row.at, "UTC", locale)}, ${row.at.slice(11, 19)}`}</span>,
      },
      {
        id: "who",
        header: t("who"),
        cell: ({ reader: { name, job, role } }) => name ?? (job ? t(`jobs.${jobKey(job)}`) : (role ?? t("somebody"))),
      },
      {
        id: "patient",
        header: t("whose"),
        cell: ({ patient }) => <a href={`/patients/${patient.id}`}>{patient.name ?? patient.id}</a>,
      },
      { id: "what", header: t("whatRead"), cell: whatOf },
      {
        id: "access",
        header: t("letIn"),
        cell: (row) =>
          row.access === "break_glass" ? <strong className="font-semibold">{accessOf(row)}</strong> : accessOf(row),
      },
    ];
  }, [t, locale]);
  const filters = useMemo<TableFilter[]>(
    () => [
      { key: "who", label: t("who"), placeholder: t("whoHint") },
      { key: "whose", label: t("whose"), placeholder: t("whoseHint") },
      {
        key: "what",
        label: t("whatRead"),
        options: ACCESS_TARGETS.map((value) => ({ value, label: t(`read.${value}`) })),
      },
      { key: "access", label: t("letIn"), options: ACCESS_KINDS.map((value) => ({ value, label: t(`by.${value}`) })) },
      { key: "from", label: t("from") },
      { key: "to", label: t("to") },
      { key: "request", label: t("request") },
    ],
    [t],
  );
  return (
    <DataTable
      label={t("views.access")}
      spec={accessSpec}
      columns={columns}
      filters={filters}
      rows={rows}
      total={total}
      rowId={(row) => row.id}
      rowName={(row) => `${row.what} ${row.at}`}
      empty={{ icon: Eye, title: t("noReads") }}
    />
  );
}
