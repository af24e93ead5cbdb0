"use client";

import { Users } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { TableColumn, TableFilter } from "@/components/data-table/types";
import { Badge } from "@/components/ui/badge";
import type { UserView } from "@/lib/accounts/views";
import { formatDate } from "@/lib/format/dates";
import { usersSpec } from "../spec";

const ROLES = ["admin", "receptionist", "doctor", "patient"] as const;

/** What stands in the way of signing in, if anything does. */
const stateOf = (user: UserView) =>
  user.disabled ? "disabled" : user.invited ? "invited" : user.emailVerified ? "active" : "unverified";
const LOOKS = { disabled: "danger", invited: "accent", unverified: "warning", active: "success" } as const;

export function UsersTable({ rows, total }: { rows: UserView[]; total: number }) {
  const t = useTranslations("admin");
  const locale = useLocale();
  const columns = useMemo<TableColumn<UserView>[]>(
    () => [
      { id: "name", header: t("fields.name"), cell: (row) => row.name },
      { id: "email", header: t("fields.email"), cell: (row) => row.email },
      { id: "role", header: t("fields.role"), cell: (row) => t(`roles.${row.role}`) },
      {
        id: "state",
        header: t("state"),
        cell: (row) => <Badge variant={LOOKS[stateOf(row)]}>{t(`users.states.${stateOf(row)}`)}</Badge>,
      },
      { id: "created", header: t("users.since"), cell: (row) => formatDate(row.createdAt, "UTC", locale) },
    ],
    [t, locale],
  );
  const filters = useMemo<TableFilter[]>(
    () => [
      { key: "q", label: t("users.search"), placeholder: t("users.searchPlaceholder") },
      { key: "role", label: t("fields.role"), options: ROLES.map((value) => ({ value, label: t(`roles.${value}`) })) },
    ],
    [t],
  );
  return (
    <DataTable
      label={t("users.title")}
      spec={usersSpec}
      columns={columns}
      filters={filters}
      rows={rows}
      total={total}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      rowHref={(row) => `/admin/users/${row.id}`}
      empty={{ icon: Users, title: t("users.empty") }}
    />
  );
}
