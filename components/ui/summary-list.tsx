import type { ReactNode } from "react";
import { cn } from "./cn";

export type SummaryRow = { id: string; label: ReactNode; value: ReactNode; action?: ReactNode };

/** Questions and answers in rows, each with its own Change: for "check your answers" and details. */
export function SummaryList({ rows, className }: { rows: SummaryRow[]; className?: string }) {
  return (
    <dl data-slot="summary-list" className={cn("divide-y border-y", className)}>
      {rows.map((row) => (
        <div
          key={row.id}
          className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 py-3 sm:grid-cols-[minmax(8rem,1fr)_2fr_auto]"
        >
          <dt className="font-semibold max-sm:col-span-2">{row.label}</dt>
          <dd className="min-w-0">{row.value}</dd>
          {row.action ? <dd className="text-end">{row.action}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
