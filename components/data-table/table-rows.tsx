"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import { Checkbox } from "../ui/checkbox";
import { roles } from "../ui/table-roles";
import { isPlainPress } from "./query-link";
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
  rowAction: ((row: Row) => ReactNode) | undefined;
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

/** Cells have no classes of their own (data-table.tsx styles them all at once), and links are plain: a page of rows is sent with each answer. */
export function TableRows<Row>({ columns, rows, rowName, rowHref, rowAction }: RowsProps<Row>) {
  const t = useTranslations("ui.table");
  const router = useRouter();
  function follow(event: MouseEvent<HTMLTableSectionElement>) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || !isPlainPress(event)) return;
    event.preventDefault();
    router.push(link.href);
  }
  return (
    <tbody {...roles.rowgroup} onKeyDown={moveFocus} onClick={follow}>
      {rows.map(({ id, row, selection }) => (
        <tr key={id} {...roles.row} aria-selected={selection?.checked}>
          {selection ? (
            <td {...roles.cell} className="max-sm:absolute max-sm:end-1 max-sm:top-3">
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
              <th key={column.id} scope="row" {...roles.rowheader}>
                {rowHref ? (
                  <a data-row-link href={rowHref(row)}>
                    {column.cell(row)}
                  </a>
                ) : (
                  column.cell(row)
                )}
              </th>
            ) : (
              <td
                key={column.id}
                {...roles.cell}
                data-label={column.header}
                className={column.numeric ? "number figures" : column.className}
              >
                {column.cell(row)}
              </td>
            ),
          )}
          {rowAction ? (
            <td {...roles.cell} className="print:hidden">
              {rowAction(row)}
            </td>
          ) : null}
        </tr>
      ))}
    </tbody>
  );
}
