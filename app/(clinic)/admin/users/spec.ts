import type { TableSpec } from "@/components/data-table/table-query";

export const usersSpec: TableSpec = {
  sorts: ["name", "email", "role", "created"],
  defaultSort: "name",
  filters: { q: "text", role: "choice" },
};
