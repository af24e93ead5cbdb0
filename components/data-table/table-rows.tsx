"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, ReactNode } from "react";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { cn } from "../ui/cn";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "../ui/dropdown-menu";
import { roles } from "./roles";
import type { TableColumn } from "./types";

type Item<Row> = {
  id: string;
  row: Row;
  selection: { checked: boolean; toggle: (event: unknown) => void } | undefined;
};
type RowsProps<Row> = {
  columns: TableColumn<Row>[];
  rows: Item<Row>[];
  rowName: (row: Row) => string;
  rowHref: ((row: Row) => string) | undefined;
  rowActions: ((row: Row) => ReactNode) | undefined;
};

const stepOf: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** Up and down (or j and k) go from row to row while a row's link has the focus. */
function moveFocus(event: KeyboardEvent<HTMLTableSectionElement>) {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-link]")];
  const at = event.target instanceof HTMLElement ? links.indexOf(event.target) : -1;
  const step = stepOf[event.key];
  if (at < 0 || step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  links[at + step]?.focus();
}

export function TableRows<Row>({ columns, rows, rowName, rowHref, rowActions }: RowsProps<Row>) {
  const t = useTranslations("ui.table");
  return (
    <tbody
      {...roles.rowgroup}
      onKeyDown={moveFocus}
      className="max-sm:grid max-sm:gap-3 sm:[&>tr:not(:first-child)]:border-t"
    >
      {rows.map(({ id, row, selection }) => (
        <tr
          key={id}
          {...roles.row}
          aria-selected={selection?.checked}
          className="hover:bg-sunken/55 aria-selected:bg-accent/60 max-sm:relative max-sm:grid max-sm:grid-cols-[minmax(6.5rem,auto)_1fr] max-sm:gap-x-3 max-sm:gap-y-1 max-sm:rounded-lg max-sm:border max-sm:bg-surface max-sm:p-3"
        >
          {selection ? (
            <td {...roles.cell} className="px-3 max-sm:absolute max-sm:end-1 max-sm:top-3">
              <Checkbox
                aria-label={t("selectRow", { row: rowName(row) })}
                checked={selection.checked}
                onChange={selection.toggle}
                className="block"
              />
            </td>
          ) : null}
          {columns.map((column, index) =>
            index === 0 ? (
              <th
                key={column.id}
                scope="row"
                {...roles.rowheader}
                className="px-3 py-1.5 text-start font-semibold sm:whitespace-nowrap max-sm:col-span-2 max-sm:px-0 max-sm:pe-10 max-sm:text-base"
              >
                {rowHref ? (
                  <Link
                    data-row-link
                    href={rowHref(row)}
                    className="link inline-flex min-h-6 items-center pointer-coarse:min-h-11"
                  >
                    {column.cell(row)}
                  </Link>
                ) : (
                  column.cell(row)
                )}
              </th>
            ) : (
              <td
                key={column.id}
                {...roles.cell}
                className={cn(
                  "px-3 py-1.5 sm:whitespace-nowrap max-sm:col-span-2 max-sm:grid max-sm:grid-cols-subgrid max-sm:p-0",
                  column.numeric && "figures sm:text-end",
                  column.className,
                )}
              >
                <span className="text-muted-foreground sm:hidden">{column.header}</span>
                <span className="min-w-0">{column.cell(row)}</span>
              </td>
            ),
          )}
          {rowActions ? (
            <td {...roles.cell} className="px-1.5 text-end max-sm:col-span-2 max-sm:p-0 max-sm:text-start print:hidden">
              <DropdownMenu>
                <DropdownMenuTrigger asChild>
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={t("rowActions", { row: rowName(row) })}
                    className="max-sm:w-full max-sm:border-input"
                  >
                    <Ellipsis aria-hidden />
                  </Button>
                </DropdownMenuTrigger>
                <DropdownMenuContent>{rowActions(row)}</DropdownMenuContent>
              </DropdownMenu>
            </td>
          ) : null}
        </tr>
      ))}
    </tbody>
  );
}
