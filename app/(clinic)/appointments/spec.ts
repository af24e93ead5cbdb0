import type { TableSpec } from "@/components/data-table/table-query";

export const appointmentsSpec: TableSpec = {
  sorts: ["start", "patient", "service", "doctor", "location", "status"],
  defaultSort: "start",
  filters: {
    q: "text",
    from: "date",
    to: "date",
    status: "choices",
    doctor: "text",
    location: "choice",
    /** Set by the tabs: from today on without it, `past` or `all`; dates of one's own count before it. */
    when: "choice",
    /** Set by links from a patient's page; it has no control of its own. */
    patient: "text",
  },
};
