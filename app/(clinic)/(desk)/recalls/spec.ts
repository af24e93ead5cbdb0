import type { TableSpec } from "@/components/data-table/table-query";

export const recallsSpec: TableSpec = {
  sorts: ["last", "patient", "recall"],
  defaultSort: "last",
  filters: {
    q: "text",
    recall: "choice",
    contact: "choice",
    /** Set by the tabs: those not asked yet without it, `asked` or `all`. */
    when: "choice",
  },
};
