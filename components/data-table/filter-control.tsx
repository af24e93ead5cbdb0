"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { CheckboxField } from "../ui/checkbox";
import { cn } from "../ui/cn";
import { controlClass, Input } from "../ui/input";
import { Label } from "../ui/label";
import { Select } from "../ui/select";
import { Menu } from "./menu";
import type { FilterKind } from "./table-query";
import type { TableFilter } from "./types";

type ControlProps = { filter: TableFilter; values: string[]; more: boolean };

/** One filter of the form; `more` waits behind a button on phones. */
export function FilterControl({ kind, ...props }: ControlProps & { kind: FilterKind }) {
  if (kind === "choices") return <Choices {...props} />;
  if (kind === "choice") return <Choice {...props} />;
  return <Text {...props} kind={kind} />;
}

const idOf = (filter: TableFilter) => `filter-${filter.key}`;

function Choice({ filter, values, more }: ControlProps) {
  const t = useTranslations("ui.table");
  const value = values[0] ?? "";
  const field = useRef<HTMLSelectElement>(null);
  // Back and shared links bring other values.
  useEffect(() => {
    if (field.current) field.current.value = value;
  }, [value]);
  return (
    <div className={cn("grid gap-1 max-sm:w-full", more && "max-sm:hidden")}>
      <Label htmlFor={idOf(filter)}>{filter.label}</Label>
      <Select ref={field} id={idOf(filter)} name={filter.key} defaultValue={value} className="sm:w-36">
        <option value="">{t("any")}</option>
        {filter.options?.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </div>
  );
}

function Text({ kind, filter, values, more }: ControlProps & { kind: "text" | "date" }) {
  const value = values[0] ?? "";
  const field = useRef<HTMLInputElement>(null);
  const { names, ask } = useSuggestions(filter.suggestHref);
  // What is being typed right now is left alone.
  useEffect(() => {
    if (field.current && document.activeElement !== field.current) field.current.value = value;
  }, [value]);
  return (
    <div className={cn("grid gap-1 max-sm:w-full", more && "max-sm:hidden")}>
      <Label htmlFor={idOf(filter)}>{filter.label}</Label>
      <Input
        ref={field}
        id={idOf(filter)}
        type={kind === "date" ? "date" : "search"}
        name={filter.key}
        defaultValue={value}
        placeholder={filter.placeholder}
        autoComplete="off"
        onFocus={ask}
        list={names.length > 0 ? `${idOf(filter)}-names` : undefined}
        className={kind === "date" ? "figures sm:w-36" : "sm:w-44"}
      />
      {names.length > 0 ? (
        <datalist id={`${idOf(filter)}-names`}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      ) : null}
    </div>
  );
}

/** Names to choose from, fetched when the field is first entered: a clinic can have hundreds, and most visits of the page need none. */
function useSuggestions(href: string | undefined) {
  const [names, setNames] = useState<string[]>([]);
  const asked = useRef(false);
  async function ask() {
    if (!href || asked.current) return;
    asked.current = true;
    const answer = await fetch(href).catch(() => null);
    // Without them the field still takes what is typed; the next visit of it asks again.
    if (answer?.ok) setNames(await answer.json());
    else asked.current = false;
  }
  return { names, ask: () => void ask() };
}

function Choices({ filter, values, more }: ControlProps) {
  const t = useTranslations("ui.table");
  const chosen = filter.options?.filter((option) => values.includes(option.value)) ?? [];
  return (
    <Menu
      className={cn("max-sm:w-full", more && "max-sm:hidden")}
      summary={
        <span className="grid gap-1">
          <span className="text-sm font-semibold">{filter.label}</span>
          <span className={cn(controlClass, "flex items-center justify-between gap-2 sm:w-36")}>
            <span className="truncate">
              {chosen.length > 0 ? chosen.map((option) => option.label).join(", ") : t("any")}
            </span>
            <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          </span>
        </span>
      }
    >
      <fieldset>
        <legend className="sr-only">{filter.label}</legend>
        {filter.options?.map((option) => (
          <CheckboxField
            key={`${option.value} ${values.includes(option.value)}`}
            id={`${idOf(filter)}-${option.value}`}
            name={filter.key}
            value={option.value}
            label={option.label}
            defaultChecked={values.includes(option.value)}
          />
        ))}
      </fieldset>
    </Menu>
  );
}
