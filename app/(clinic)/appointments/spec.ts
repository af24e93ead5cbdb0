import type { TableSpec } from "@/components/data-table/table-query";

export const appointmentsSpec: TableSpec = {
  sorts: ["start", "patient", "service", "doctor", "location", "status"],
  defaultSort: "-start",
  filters: {
    q: "text",
    from: "date",
    to: "date",
    status: "choices",
    doctor: "choice",
    location: "choice",
    /** Set by links from a patient's page; it has no control of its own. */
    patient: "text",
  },
};
