"use client";

import { Columns3, Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { DropdownMenu, DropdownMenuCheckboxItem, DropdownMenuContent, DropdownMenuTrigger } from "../ui/dropdown-menu";
import type { TableState } from "./use-table-query";

type Hideable = { id: string; header: string };

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
  return (
    <div className="flex gap-2 print:hidden">
      {columns.length > 0 ? (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button variant="secondary" size="sm">
              <Columns3 aria-hidden />
              {t("columns")}
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            {columns.map((column) => {
              const hidden = table.hide.includes(column.id);
              return (
                <DropdownMenuCheckboxItem
                  key={column.id}
                  checked={!hidden}
                  onSelect={(event) => event.preventDefault()}
                  onCheckedChange={() => {
                    const hide = hidden ? table.hide.filter((id) => id !== column.id) : [...table.hide, column.id];
                    void table.go({ hide: hide.length > 0 ? hide : null }, "replace");
                  }}
                >
                  {column.header}
                </DropdownMenuCheckboxItem>
              );
            })}
          </DropdownMenuContent>
        </DropdownMenu>
      ) : null}
      {csvHref ? (
        <Button variant="secondary" size="sm" asChild>
          <a href={table.hrefOf({ page: null, size: null }, csvHref)} download>
            <Download aria-hidden />
            {t("csv")}
          </a>
        </Button>
      ) : null}
    </div>
  );
}
