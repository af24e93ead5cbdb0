import type { TableSpec } from "@/components/data-table/table-query";

export const patientsSpec: TableSpec = {
  sorts: ["name", "dateOfBirth"],
  defaultSort: "name",
  filters: { q: "text" },
};
