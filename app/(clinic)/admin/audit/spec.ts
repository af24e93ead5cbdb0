import type { TableSpec } from "@/components/data-table/table-query";

export const auditSpec: TableSpec = {
  sorts: [],
  defaultSort: "-at",
  filters: {
    who: "text",
    whose: "text",
    table: "choice",
    operation: "choice",
    from: "date",
    to: "date",
    request: "text",
    row: "text",
  },
};

export const accessSpec: TableSpec = {
  sorts: [],
  defaultSort: "-at",
  filters: {
    who: "text",
    whose: "text",
    what: "choice",
    access: "choice",
    from: "date",
    to: "date",
    request: "text",
  },
};
