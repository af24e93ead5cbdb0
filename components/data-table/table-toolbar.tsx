"use client";

import { Columns3, Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { buttonVariants } from "../ui/button";
import { CheckboxField } from "../ui/checkbox";
import { Menu } from "./menu";
import type { TableState } from "./use-table-query";

type Hideable = { id: string; header: string };
const buttonClass = buttonVariants({ variant: "secondary", size: "sm" });

/** Which columns show, and the same rows as CSV. */
export function TableToolbar({
  table,
  columns,
  csvHref,
}: {
  table: TableState;
  columns: Hideable[];
  csvHref?: string | undefined;
}) {
  const t = useTranslations("ui.table");
  // Nothing can be hidden before scripts run, so until then the choices are not there.
  const [open, setOpen] = useState(false);
  function toggle(id: string, show: boolean) {
    const hide = show ? table.hide.filter((hidden) => hidden !== id) : [...table.hide, id];
    void table.go({ hide: hide.length > 0 ? hide : null }, "replace");
  }
  return (
    <div className="flex gap-2 pb-1">
      {columns.length > 0 ? (
        <Menu
          align="end"
          className="max-sm:hidden"
          onToggle={setOpen}
          summary={
            <span className={buttonClass}>
              <Columns3 aria-hidden />
              {t("columns")}
            </span>
          }
        >
          <fieldset>
            <legend className="sr-only">{t("columns")}</legend>
            {(open ? columns : []).map(({ id, header }) => (
              <CheckboxField
                key={id}
                id={`column-${id}`}
                name="column"
                label={header}
                checked={!table.hide.includes(id)}
                onChange={(event) => toggle(id, event.target.checked)}
              />
            ))}
          </fieldset>
        </Menu>
      ) : null}
      {csvHref ? (
        <a href={table.hrefOf({ page: null, size: null }, csvHref)} className={buttonClass}>
          <Download aria-hidden />
          {t("csv")}
        </a>
      ) : null}
    </div>
  );
}
