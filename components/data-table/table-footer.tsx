"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { MOST_COUNTED } from "@/lib/domain/most-counted";
import { buttonVariants } from "../ui/button";
import { QueryLink } from "./query-link";
import { pageSizes } from "./table-query";
import type { TableState } from "./use-table-query";

/** Where we are, how many at a time, and on. */
export function TableFooter({ table, total, shown }: { table: TableState; total: number; shown: number }) {
  const t = useTranslations("ui.table");
  if (total === 0) return null;
  const from = (table.page - 1) * table.size + 1;
  // Of more than were counted, a full page has another after it, as far as anybody goes.
  const last =
    total > MOST_COUNTED && shown === table.size ? table.page + 1 : Math.max(1, Math.ceil(total / table.size));
  return (
    <nav aria-label={t("pages")} className="flex flex-wrap items-center gap-x-6 gap-y-3 text-sm print:hidden">
      <p className="figures text-muted-foreground">
        {shown > 0
          ? t(total > MOST_COUNTED ? "rangeOfMore" : "range", {
              from,
              to: from + shown - 1,
              total: Math.min(total, MOST_COUNTED),
            })
          : t("rows", { count: total })}
      </p>
      {total > pageSizes[0] ? (
        <div className="flex items-center gap-1">
          <span className="me-1 text-muted-foreground">{t("perPage")}</span>
          {pageSizes.map((size) => (
            <QueryLink
              key={size}
              table={table}
              change={{ size, page: null }}
              aria-current={size === table.size ? "true" : undefined}
              className="figures inline-grid min-h-8 min-w-9 place-items-center rounded-md px-1.5 hover:bg-sunken aria-[current]:bg-accent aria-[current]:font-semibold aria-[current]:text-accent-foreground pointer-coarse:min-h-11 pointer-coarse:min-w-11"
            >
              {size}
            </QueryLink>
          ))}
        </div>
      ) : null}
      {last > 1 || table.page > 1 ? (
        <div className="ms-auto flex gap-2">
          <Step table={table} to={table.page > 1 ? Math.min(table.page - 1, last) : null} rel="prev">
            <ChevronLeft aria-hidden className="rtl:rotate-180" />
            {t("previous")}
          </Step>
          <Step table={table} to={table.page < last ? table.page + 1 : null} rel="next">
            {t("next")}
            <ChevronRight aria-hidden className="rtl:rotate-180" />
          </Step>
        </div>
      ) : null}
    </nav>
  );
}

function Step({
  table,
  to,
  rel,
  children,
}: {
  table: TableState;
  to: number | null;
  rel: string;
  children: ReactNode;
}) {
  const className = buttonVariants({ variant: "secondary", size: "sm" });
  if (to === null) {
    return (
      <button type="button" disabled className={className}>
        {children}
      </button>
    );
  }
  return (
    <QueryLink table={table} change={{ page: to === 1 ? null : to }} rel={rel} className={className}>
      {children}
    </QueryLink>
  );
}
