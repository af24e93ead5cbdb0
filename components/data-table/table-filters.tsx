"use client";

import { ChevronDown, SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../ui/button";
import { CheckboxField } from "../ui/checkbox";
import { cn } from "../ui/cn";
import { Input } from "../ui/input";
import { Label } from "../ui/label";
import { Select } from "../ui/select";
import type { TableSpec } from "./table-query";
import type { TableFilter } from "./types";
import type { TableState } from "./use-table-query";

const typingPauseMs = 350;

/** The filters as a GET form: they work before scripts load, and then by themselves. */
export function TableFilters({ spec, filters, table }: { spec: TableSpec; filters: TableFilter[]; table: TableState }) {
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
      className="flex flex-wrap items-end gap-x-3 gap-y-2"
    >
      {filters.map((filter, index) => (
        <Control
          more={index > 0 && !open}
          key={filter.key}
          kind={spec.filters[filter.key] ?? "text"}
          filter={filter}
          values={table.filters[filter.key] ?? []}
        />
      ))}
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
      {table.filtered ? (
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

function Control({
  kind,
  filter,
  values,
  more,
}: {
  more: boolean;
  kind: "text" | "date" | "choice" | "choices";
  filter: TableFilter;
  values: string[];
}) {
  const t = useTranslations("ui.table");
  const id = `filter-${filter.key}`;
  const value = values[0] ?? "";
  const field = useRef<HTMLInputElement>(null);
  const choice = useRef<HTMLSelectElement>(null);
  // Back and shared links bring other values; what is being typed right now is left alone.
  useEffect(() => {
    if (field.current && document.activeElement !== field.current) field.current.value = value;
    if (choice.current) choice.current.value = value;
  }, [value]);

  if (kind === "choices") return <Choices id={id} filter={filter} values={values} more={more} />;
  return (
    <div className={cn("grid gap-1 max-sm:w-full", more && "max-sm:hidden")}>
      <Label htmlFor={id}>{filter.label}</Label>
      {kind === "choice" ? (
        <Select ref={choice} id={id} name={filter.key} defaultValue={value} className="sm:min-w-36">
          <option value="">{t("any")}</option>
          {filter.options?.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      ) : (
        <Input
          ref={field}
          id={id}
          type={kind === "date" ? "date" : "search"}
          name={filter.key}
          defaultValue={value}
          placeholder={filter.placeholder}
          autoComplete="off"
          className={kind === "date" ? "figures sm:w-38" : "sm:w-56"}
        />
      )}
    </div>
  );
}

function Choices({ id, filter, values, more }: { id: string; filter: TableFilter; values: string[]; more: boolean }) {
  const t = useTranslations("ui.table");
  const chosen = filter.options?.filter((option) => values.includes(option.value)) ?? [];
  return (
    <details
      className={cn("relative max-sm:w-full", more && "max-sm:hidden")}
      onKeyDown={(event) => event.key === "Escape" && event.currentTarget.removeAttribute("open")}
    >
      <summary className="grid list-none gap-1 rounded-md [&::-webkit-details-marker]:hidden">
        <span className="text-sm font-semibold">{filter.label}</span>
        <span className="flex min-h-9 items-center justify-between gap-2 rounded-md border border-input bg-surface px-3 text-sm shadow-raised pointer-coarse:min-h-11 sm:min-w-36">
          <span className="max-w-48 truncate">
            {chosen.length > 0 ? chosen.map((option) => option.label).join(", ") : t("any")}
          </span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        </span>
      </summary>
      <fieldset className="absolute start-0 top-full z-20 mt-1 max-h-80 min-w-full overflow-y-auto rounded-lg bg-popover px-3 py-1.5 whitespace-nowrap shadow-overlay forced:border">
        <legend className="sr-only">{filter.label}</legend>
        {filter.options?.map((option) => (
          <CheckboxField
            key={`${option.value} ${values.includes(option.value)}`}
            id={`${id}-${option.value}`}
            name={filter.key}
            value={option.value}
            label={option.label}
            defaultChecked={values.includes(option.value)}
          />
        ))}
      </fieldset>
    </details>
  );
}
