import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { TableSpec } from "./table-query";
import type { TableChange } from "./use-table-query";

export type TableColumn<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Figures in one width, at the end of the line. */
  numeric?: boolean;
  /** `false` for what must always show; the first column always does. */
  hideable?: boolean;
  className?: string;
};
export type TableFilter = {
  key: string;
  label: string;
  placeholder?: string;
  /** For "choice" and "choices". */
  options?: { value: string; label: string }[];
  /** For "text": a route that answers a list of names, offered while somebody types. */
  suggestHref?: string;
};
export type TableViews = {
  label: string;
  links: {
    label: string;
    change: TableChange;
    /** Whether the filters of now are this view. */
    isCurrent: (filters: Record<string, string[]>) => boolean;
  }[];
};
export type DataTableProps<Row> = {
  /** Names the table for screen readers. */
  label: string;
  spec: TableSpec;
  columns: TableColumn<Row>[];
  rows: Row[];
  /** All rows that match, not only this page's; counted up to `MOST_COUNTED`, and one more where there are more. */
  total: number;
  rowId: (row: Row) => string;
  /** A row in words, for "Select Ana Souza". */
  rowName: (row: Row) => string;
  rowHref?: (row: Row) => string;
  filters?: TableFilter[];
  /** Ready-made queries, as tabs above the filters. */
  views?: TableViews;
  /** A route that answers CSV for the same query; the filters and the order of now are added to it. */
  csvHref?: string;
  /** A plain link to what is done most with a row besides opening it; its name must say of which row. */
  rowAction?: (row: Row) => ReactNode;
  /** Buttons that work on what is selected. */
  bulkActions?: (ids: string[], clear: () => void) => ReactNode;
  /** Shown where there is nothing at all, filters or not. */
  empty?: { icon?: LucideIcon; title: string; body?: ReactNode; action?: ReactNode };
};
