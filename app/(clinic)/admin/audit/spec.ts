import type { TableSpec } from "@/components/data-table/table-query";

export const auditSpec: TableSpec = {
  sorts: [],
  defaultSort: "-at",
  filters: {
    from: "date",
    to: "date",
    table: "choice",
    operation: "choice",
    user: "text",
    patient: "text",
    row: "text",
  },
};
