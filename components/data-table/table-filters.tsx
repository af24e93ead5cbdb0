"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../ui/button";
import { FilterControl } from "./filter-control";
import type { TableSpec } from "./table-query";
import type { TableFilter } from "./types";
import type { TableState } from "./use-table-query";

const typingPauseMs = 350;

/** The filters as a GET form: they work before scripts load, and then by themselves. */
export function TableFilters({
  spec,
  filters,
  filtered,
  table,
}: {
  spec: TableSpec;
  filters: TableFilter[];
  filtered: boolean;
  table: TableState;
}) {
  const t = useTranslations("ui.table");
  const form = useRef<HTMLFormElement>(null);
  // On phones the first filter shows and the others wait behind a button.
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function apply(history: "push" | "replace") {
    clearTimeout(timer.current);
    if (!form.current) return;
    const data = new FormData(form.current);
    const change = Object.fromEntries(
      filters.map(({ key }) => {
        const values = data.getAll(key).filter((value) => typeof value === "string" && value.trim() !== "");
        return [key, values.length > 0 ? values : null];
      }),
    );
    void table.go({ ...change, page: null }, history);
  }
  function typed(event: FormEvent<HTMLFormElement>) {
    const target = event.target;
    if (!(target instanceof HTMLInputElement) || target.type !== "search") return;
    clearTimeout(timer.current);
    // The first letters are a step that Back undoes; those after them belong to the same step.
    const known = (table.filters[target.name] ?? []).length > 0;
    timer.current = setTimeout(() => apply(known ? "replace" : "push"), typingPauseMs);
  }
  function changed(event: FormEvent<HTMLFormElement>) {
    if (event.target instanceof HTMLInputElement && event.target.type === "search") return;
    apply("push");
  }

  return (
    <form
      ref={form}
      method="get"
      aria-label={t("filters")}
      onInput={typed}
      onChange={changed}
      onSubmit={(event) => {
        event.preventDefault();
        apply("push");
      }}
      className="flex flex-wrap items-end gap-x-3 gap-y-2 max-sm:w-full sm:min-w-0 sm:flex-1 sm:basis-0 print:hidden"
    >
      {filters.map((filter, index) => (
        <FilterControl
          more={index > 0 && !open}
          key={filter.key}
          kind={spec.filters[filter.key] ?? "text"}
          filter={filter}
          values={table.filters[filter.key] ?? []}
        />
      ))}
      {Object.entries(table.filters).map(([key, values]) =>
        filters.some((filter) => filter.key === key)
          ? null
          : values.map((value) => <input key={`${key} ${value}`} type="hidden" name={key} value={value} />),
      )}
      <input type="hidden" name="sort" value={`${table.sort.descending ? "-" : ""}${table.sort.key}`} />
      <input type="hidden" name="size" value={table.size} />
      {table.hide.length > 0 ? <input type="hidden" name="hide" value={table.hide.join(",")} /> : null}
      {filters.length > 1 ? (
        <Button variant="secondary" size="sm" aria-expanded={open} onClick={() => setOpen(!open)} className="sm:hidden">
          <SlidersHorizontal aria-hidden />
          {open ? t("fewerFilters") : t("moreFilters")}
        </Button>
      ) : null}
      <Button type="submit" variant="secondary" size="sm">
        {t("apply")}
      </Button>
      {filtered ? (
        <Button
          variant="ghost"
          size="sm"
          onClick={() => {
            void table.go({ ...Object.fromEntries(filters.map(({ key }) => [key, null])), page: null });
          }}
        >
          {t("clear")}
        </Button>
      ) : null}
    </form>
  );
}
