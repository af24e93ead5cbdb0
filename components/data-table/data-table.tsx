"use client";

import {
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { LiveRegion } from "../ui/live-region";
import { roles } from "../ui/table-roles";
import { TableFilters } from "./table-filters";
import { TableFooter } from "./table-footer";
import { TableHeadRow } from "./table-head-row";
import { TableRows } from "./table-rows";
import { TableSortSelect } from "./table-sort-select";
import { TableToolbar } from "./table-toolbar";
import { TableViewLinks } from "./table-view-links";
import type { DataTableProps } from "./types";
import { useTableQuery } from "./use-table-query";

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature, rowSortingFeature });

/**
 * The one table of every list. The server filters, sorts and pages by what `readTableQuery` finds in the URL; this shows the rows and changes the URL.
 * Needs a NuqsAdapter above it (StaffShell has one). `columns`, `filters` and `spec` must be stable (constants or memos).
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, spec, columns, rows, total, rowId, rowName, filters = [], bulkActions } = props;
  const t = useTranslations("ui.table");
  const query = useTableQuery(spec);
  const hidden = query.hide.join(",");
  const filtered = filters.some(({ key }) => (query.filters[key] ?? []).length > 0);

  const definitions = useMemo(
    () =>
      columns.map((column, index) => ({
        id: column.id,
        header: column.header,
        accessorFn: (row: Row) => row,
        enableSorting: spec.sorts.includes(column.id),
        enableHiding: index > 0 && column.hideable !== false,
      })),
    [columns, spec],
  );
  const columnVisibility = useMemo(() => Object.fromEntries(hidden.split(",").map((id) => [id, false])), [hidden]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    enableRowSelection: bulkActions !== undefined,
    state: { columnVisibility, sorting: [{ id: query.sort.key, desc: query.sort.descending }] },
  });

  const byId = new Map(columns.map((column) => [column.id, column]));
  const visible = table.getVisibleLeafColumns().flatMap((column) => byId.get(column.id) ?? []);
  const hideable = table.getAllLeafColumns().filter((column) => column.getCanHide());
  const selected = table.getSelectedRowModel().rows.map((row) => row.id);
  const filterForm =
    filters.length > 0 ? <TableFilters spec={spec} filters={filters} filtered={filtered} table={query} /> : <span />;
  const clear = () => table.resetRowSelection(true);

  return (
    <div data-slot="data-table" data-density="dense" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div
        className={cn(
          "flex flex-wrap items-end justify-between gap-x-3 gap-y-1 print:hidden",
          props.views && "border-b",
        )}
      >
        {props.views ? <TableViewLinks views={props.views} table={query} /> : filterForm}
        <TableToolbar
          table={query}
          columns={hideable.map((column) => ({ id: column.id, header: byId.get(column.id)?.header ?? column.id }))}
          csvHref={props.csvHref}
        />
      </div>
      {props.views ? filterForm : null}
      <TableSortSelect spec={spec} columns={columns} table={query} />
      <LiveRegion message={query.pending ? t("loading") : t("rows", { count: total })} />
      {bulkActions && selected.length > 0 ? (
        <div className="sticky top-16 z-20 flex flex-wrap items-center gap-2 rounded-lg border border-accent-line bg-accent px-3 py-2 text-sm text-accent-foreground print:hidden">
          <p role="status" className="me-2 font-semibold">
            {t("selected", { count: selected.length })}
          </p>
          {bulkActions(selected, clear)}
          <Button variant="ghost" size="sm" className="ms-auto" onClick={clear}>
            {t("clearSelection")}
          </Button>
        </div>
      ) : null}
      {rows.length === 0 ? (
        <NoRows props={props} filtered={filtered} />
      ) : (
        <section
          aria-label={label}
          aria-busy={query.pending}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          className={cn(
            "relative rounded-lg border bg-surface transition-opacity max-sm:border-0 max-sm:bg-transparent sm:overflow-x-auto print:overflow-visible",
            query.pending && "opacity-60",
          )}
        >
          <table {...roles.table} aria-label={label} aria-rowcount={total + 1} className="data-table">
            <TableHeadRow
              columns={visible}
              spec={spec}
              query={query}
              actions={props.rowAction !== undefined}
              selection={
                bulkActions
                  ? {
                      all: table.getIsAllRowsSelected(),
                      some: selected.length > 0,
                      toggle: table.getToggleAllRowsSelectedHandler(),
                    }
                  : undefined
              }
            />
            <TableRows
              columns={visible}
              rowName={rowName}
              rowHref={props.rowHref}
              rowAction={props.rowAction}
              rows={table.getRowModel().rows.map((row) => ({
                id: row.id,
                row: row.original,
                selection: bulkActions
                  ? { checked: row.getIsSelected(), toggle: row.getToggleSelectedHandler() }
                  : undefined,
              }))}
            />
          </table>
        </section>
      )}
      <TableFooter table={query} total={total} shown={rows.length} />
    </div>
  );
}

function NoRows<Row>({ props, filtered }: { props: DataTableProps<Row>; filtered: boolean }) {
  const t = useTranslations("ui.table");
  if (filtered) {
    return (
      <EmptyState icon={SearchX} title={t("emptyFiltered")}>
        <p>{t("emptyFilteredHint")}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={props.empty?.icon} title={props.empty?.title ?? t("empty")} action={props.empty?.action}>
      {props.empty?.body}
    </EmptyState>
  );
}
