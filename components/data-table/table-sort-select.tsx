"use client";

import { useTranslations } from "next-intl";
import { Label } from "../ui/label";
import { Select } from "../ui/select";
import type { TableSpec } from "./table-query";
import type { TableColumn } from "./types";
import type { TableState } from "./use-table-query";

/** The order, where narrow screens show cards without column heads. */
export function TableSortSelect<Row>({
  spec,
  columns,
  table,
}: {
  spec: TableSpec;
  columns: TableColumn<Row>[];
  table: TableState;
}) {
  const t = useTranslations("ui.table");
  const choices = columns.filter((column) => spec.sorts.includes(column.id));
  if (choices.length === 0) return null;
  return (
    <div className="grid gap-1 sm:hidden print:hidden">
      <Label htmlFor="table-sort">{t("sortBy")}</Label>
      <Select
        id="table-sort"
        value={`${table.sort.descending ? "-" : ""}${table.sort.key}`}
        onChange={(event) => void table.go({ sort: event.target.value, page: null })}
      >
        {choices.flatMap((column) => [
          <option key={column.id} value={column.id}>
            {t("ascending", { column: column.header })}
          </option>,
          <option key={`-${column.id}`} value={`-${column.id}`}>
            {t("descending", { column: column.header })}
          </option>,
        ])}
      </Select>
    </div>
  );
}
