"use client";

import { usePathname } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useMemo, useTransition } from "react";
import { pageSizes, parseSort, type TableSpec, tableParsers, tableSerializer } from "./table-query";

export type TableChange = {
  page?: number | null;
  size?: (typeof pageSizes)[number] | null;
  sort?: string | null;
  hide?: string[] | null;
} & Record<string, unknown>;

const strings = (value: unknown) => (Array.isArray(value) ? value.filter((item) => typeof item === "string") : []);

/** The table's part of the URL, and the two ways to change it: `go` (by script, with a pending state) and `hrefOf` (a link for the same change). */
export function useTableQuery(spec: TableSpec) {
  const path = usePathname();
  const [pending, startTransition] = useTransition();
  const parsers = useMemo(() => tableParsers(spec), [spec]);
  const serialize = useMemo(() => tableSerializer(spec), [spec]);
  const [raw, setRaw] = useQueryStates(parsers, { shallow: false, startTransition, scroll: false });
  const values: Record<string, unknown> = raw;

  const filters = Object.fromEntries(Object.keys(spec.filters).map((key) => [key, strings(values[key])]));
  const size = pageSizes.find((known) => known === values.size) ?? pageSizes[0];
  return {
    page: typeof values.page === "number" ? Math.max(1, values.page) : 1,
    size,
    sort: parseSort(typeof values.sort === "string" ? values.sort : spec.defaultSort),
    hide: strings(values.hide),
    filters,
    pending,
    go: (change: TableChange, history: "push" | "replace" = "push") => setRaw(change, { history }),
    hrefOf: (change: TableChange, base = path) => serialize(base, { ...values, ...change }),
  };
}
export type TableState = ReturnType<typeof useTableQuery>;
