"use client";

import { ScrollText } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { shortDay } from "@/components/clinic/when";
import { DataTable } from "@/components/data-table/data-table";
import type { TableColumn, TableFilter } from "@/components/data-table/types";
import { AUDITED_TABLES } from "@/lib/audit/audited-tables";
import { jobKey } from "@/lib/audit/system-jobs";
import type { AuditEventView } from "@/lib/audit/views";
import { auditSpec } from "../spec";

const OPERATIONS = ["insert", "update", "delete"] as const;

export function AuditTable({ rows, total }: { rows: AuditEventView[]; total: number }) {
  const t = useTranslations("admin");
  const locale = useLocale();
  const columns = useMemo<TableColumn<AuditEventView>[]>(() => {
    const words = (name: string) => t(`audit.tables.${AUDITED_TABLES.find((known) => known === name) ?? "other"}`);
    return [
      {
        id: "at",
        header: t("audit.at"),
        cell: (row) => <span className="figures">{`${shortDay(row.at, "UTC", locale)}, ${row.at.slice(11, 19)}`}</span>,
      },
      {
        id: "who",
        header: t("audit.who"),
        cell: ({ actor: { name, job, role } }) =>
          name ?? (job ? t(`audit.jobs.${jobKey(job)}`) : role || t("audit.somebody")),
      },
      { id: "what", header: t("audit.what"), cell: (row) => t(`audit.operations.${row.operation}`) },
      {
        id: "table",
        header: t("audit.of"),
        cell: (row) => {
          const href = hrefOf(row);
          return href ? <a href={href}>{words(row.table)}</a> : words(row.table);
        },
      },
      {
        id: "changes",
        header: t("audit.changes"),
        cell: (row) => <Changes changes={row.changes} />,
        className: "wraps",
      },
    ];
  }, [t, locale]);
  const filters = useMemo<TableFilter[]>(
    () => [
      { key: "who", label: t("audit.who"), placeholder: t("audit.whoHint") },
      { key: "whose", label: t("audit.whose"), placeholder: t("audit.whoseHint") },
      {
        key: "table",
        label: t("audit.of"),
        options: AUDITED_TABLES.map((value) => ({ value, label: t(`audit.tables.${value}`) })),
      },
      {
        key: "operation",
        label: t("audit.what"),
        options: OPERATIONS.map((value) => ({ value, label: t(`audit.operations.${value}`) })),
      },
      { key: "from", label: t("audit.from") },
      { key: "to", label: t("audit.to") },
      { key: "request", label: t("audit.request") },
    ],
    [t],
  );
  return (
    <DataTable
      label={t("audit.title")}
      spec={auditSpec}
      columns={columns}
      filters={filters}
      rows={rows}
      total={total}
      rowId={(row) => row.id}
      rowName={(row) => `${row.table} ${row.at}`}
      empty={{ icon: ScrollText, title: t("audit.empty") }}
    />
  );
}

/** Where the changed row can be looked at. */
function hrefOf({ table, rowId, patientId }: AuditEventView): string | null {
  if (table === "appointments") return `/appointments/${rowId}`;
  if (patientId) return `/patients/${patientId}`;
  const pages: Record<string, string> = {
    users: "users",
    doctors: "doctors",
    services: "services",
    locations: "locations",
  };
  return pages[table] ? `/admin/${pages[table]}/${rowId}` : null;
}

/** Columns with what they were and are; protected ones are named only. */
function Changes({ changes }: { changes: AuditEventView["changes"] }) {
  const t = useTranslations("admin.audit");
  const entries = Object.entries(changes ?? {}).filter(([column]) => column !== "version" && column !== "updated_at");
  if (entries.length === 0) return null;
  return (
    <ul className="grid gap-0.5">
      {entries.map(([column, change]) => (
        <li key={column} className="break-words">
          <span className="font-medium">{column.replaceAll("_", " ")}</span>
          {Array.isArray(change) ? (
            <span className="text-muted-foreground">{`: ${textOf(change[0])} → ${textOf(change[1])}`}</span>
          ) : (
            <span className="text-muted-foreground">{`: ${t("protected")}`}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

const textOf = (value: unknown) =>
  value === null || value === undefined ? "–" : typeof value === "string" ? value : JSON.stringify(value);
