import type { TableSpec } from "@/components/data-table/table-query";

export const waitlistSpec: TableSpec = {
  sorts: ["since", "patient", "service"],
  defaultSort: "since",
  filters: {
    q: "text",
    service: "choice",
    offer: "choice",
    /** Set by the tabs: those that wait without it, `ended` or `all`. */
    when: "choice",
  },
};
