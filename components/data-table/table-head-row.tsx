"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Checkbox } from "../ui/checkbox";
import { QueryLink } from "./query-link";
import type { TableSpec } from "./table-query";
import type { TableColumn } from "./types";
import type { TableState } from "./use-table-query";

type Selection = { all: boolean; some: boolean; toggle: (event: unknown) => void };

export function TableHeadRow<Row>({
  columns,
  spec,
  query,
  actions,
  selection,
}: {
  columns: TableColumn<Row>[];
  spec: TableSpec;
  query: TableState;
  actions: boolean;
  selection: Selection | undefined;
}) {
  const t = useTranslations("ui.table");
  return (
    <thead className="bg-sunken">
      <tr>
        {selection ? (
          <th scope="col" className="w-10">
            <Checkbox
              aria-label={t("selectAll")}
              checked={selection.all}
              indeterminate={selection.some && !selection.all}
              onChange={selection.toggle}
              className="block"
            />
          </th>
        ) : null}
        {columns.map((column) => {
          const sorted = query.sort.key === column.id;
          const order = query.sort.descending ? "descending" : "ascending";
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={sorted ? order : undefined}
              className={column.numeric ? "number" : undefined}
            >
              {spec.sorts.includes(column.id) ? (
                <SortLink column={column} sorted={sorted} query={query} />
              ) : (
                <span className="inline-block py-2">{column.header}</span>
              )}
            </th>
          );
        })}
        {actions ? (
          <th scope="col" className="w-12">
            <span className="sr-only">{t("actions")}</span>
          </th>
        ) : null}
      </tr>
    </thead>
  );
}

function SortLink<Row>({ column, sorted, query }: { column: TableColumn<Row>; sorted: boolean; query: TableState }) {
  const Arrow = query.sort.descending ? ArrowDown : ArrowUp;
  const next = sorted && !query.sort.descending ? `-${column.id}` : column.id;
  return (
    <QueryLink
      table={query}
      change={{ sort: next, page: null }}
      className="-mx-1.5 inline-flex min-h-9 items-center gap-1 rounded-md px-1.5 hover:bg-border/70"
    >
      {column.header}
      {sorted ? (
        <Arrow aria-hidden className="size-3.5" />
      ) : (
        <ChevronsUpDown aria-hidden className="size-3.5 text-muted-foreground" />
      )}
    </QueryLink>
  );
}
