import type { ReactNode } from "react";
import { cn } from "./cn";
import { roles } from "./table-roles";

export type Column<Row> = {
  header: string;
  cell: (row: Row) => ReactNode;
  /** Figures, one under another. */
  numeric?: boolean;
  /** `wraps` for what may be long. */
  className?: string;
};

/**
 * A short list with the look of the data table (components/data-table/data-table.css), a card for each row on phones. The first column
 * names the row. `figures` keeps it a table on phones: a word and a few numbers in a row.
 */
export function Table<Row>({
  label,
  columns: [first, ...others],
  rows,
  keyOf,
  figures = false,
}: {
  label: string;
  columns: [Column<Row>, ...Column<Row>[]];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  figures?: boolean;
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className={cn(
        "relative overflow-x-auto rounded-lg border bg-surface",
        !figures && "max-sm:overflow-visible max-sm:border-0 max-sm:bg-transparent",
      )}
    >
      <table {...roles.table} aria-label={label} className={cn("data-table", figures && "stays-table")}>
        <thead className="bg-sunken">
          <tr>
            {[first, ...others].map((column) => (
              <th key={column.header} scope="col" className={cn(column.numeric && "number", column.className)}>
                <span className="inline-block py-2">{column.header}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...roles.rowgroup}>
          {rows.map((row) => (
            <tr key={keyOf(row)} {...roles.row}>
              <th scope="row" {...roles.rowheader} className={first.className}>
                {first.cell(row)}
              </th>
              {others.map((column) => (
                <td
                  key={column.header}
                  {...roles.cell}
                  data-label={column.header}
                  className={cn(column.numeric && "number figures", column.className)}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
