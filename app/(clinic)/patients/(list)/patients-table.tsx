"use client";

import { UserPlus, Users } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { TableColumn, TableFilter } from "@/components/data-table/types";
import { Button } from "@/components/ui/button";
import { formatLocalDate } from "@/lib/format/dates";
import { patientsSpec } from "../spec";

export type PatientRow = {
  id: string;
  name: string;
  dateOfBirth: string | null;
  recordNumber: string;
  phone: string | null;
  email: string | null;
};

export function PatientsTable({ rows, total }: { rows: PatientRow[]; total: number }) {
  const t = useTranslations("patients");
  const locale = useLocale();
  const columns = useMemo<TableColumn<PatientRow>[]>(
    () => [
      { id: "name", header: t("fields.name"), cell: (row) => row.name },
      {
        id: "dateOfBirth",
        header: t("fields.dateOfBirth"),
        cell: (row) => (row.dateOfBirth ? formatLocalDate(row.dateOfBirth, locale, "date") : t("unknown")),
      },
      {
        id: "recordNumber",
        header: t("fields.recordNumber"),
        cell: (row) => <span className="figures">{row.recordNumber}</span>,
      },
      {
        id: "phone",
        header: t("fields.phone"),
        cell: ({ phone }) => phone && <span className="figures">{phone}</span>,
      },
      { id: "email", header: t("fields.email"), cell: (row) => row.email ?? "" },
    ],
    [t, locale],
  );
  const filters = useMemo<TableFilter[]>(
    () => [{ key: "q", label: t("search"), placeholder: t("searchPlaceholder") }],
    [t],
  );
  return (
    <DataTable
      label={t("title")}
      spec={patientsSpec}
      columns={columns}
      filters={filters}
      rows={rows}
      total={total}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      rowHref={(row) => `/patients/${row.id}`}
      rowAction={(row) => (
        <a href={`/book?patientId=${row.id}`} aria-label={t("bookNamed", { name: row.name })}>
          {t("book")}
        </a>
      )}
      empty={{
        icon: Users,
        title: t("empty"),
        body: t("emptyBody"),
        action: (
          <Button asChild>
            <Link href="/patients/new">
              <UserPlus aria-hidden />
              {t("register")}
            </Link>
          </Button>
        ),
      }}
    />
  );
}
