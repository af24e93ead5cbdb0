import { tabClass } from "../ui/tab-class";
import { QueryLink } from "./query-link";
import type { TableViews } from "./types";
import type { TableState } from "./use-table-query";

/** Ready-made queries as tabs; each keeps the filters that it says nothing of. */
export function TableViewLinks({ views, table }: { views: TableViews; table: TableState }) {
  return (
    <nav aria-label={views.label} className="flex gap-1 overflow-x-auto p-1 pb-0">
      {views.links.map(({ label, change, isCurrent }) => {
        const current = isCurrent(table.filters);
        return (
          <QueryLink
            key={label}
            table={table}
            change={{ ...change, page: null }}
            aria-current={current ? "true" : undefined}
            className={tabClass(current)}
          >
            {label}
          </QueryLink>
        );
      })}
    </nav>
  );
}
