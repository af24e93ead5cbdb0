import type { ReactNode } from "react";
import { Breadcrumb, type Crumb } from "../ui/breadcrumb";
import { cn } from "../ui/cn";

/** A patient page: one column, one heading, plenty of air. `caption` stands small above the heading ("Step 2 of 4"). */
export function PatientPage({
  title,
  caption,
  lead,
  crumbs,
  wide = false,
  children,
}: {
  title: ReactNode;
  caption?: ReactNode;
  lead?: ReactNode;
  crumbs?: Crumb[];
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={cn("mx-auto", wide ? "max-w-page" : "max-w-column")}>
      {crumbs ? <Breadcrumb crumbs={crumbs} /> : null}
      <header className="mb-8 grid gap-2">
        {caption ? <p className="text-base text-muted-foreground">{caption}</p> : null}
        <h1 className="text-2xl">{title}</h1>
        {lead ? <p className="max-w-[38rem] text-muted-foreground">{lead}</p> : null}
      </header>
      {children}
    </div>
  );
}

/** A staff page: heading and actions in one line, then the work. */
export function StaffPage({
  title,
  lead,
  crumbs,
  actions,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  crumbs?: Crumb[];
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      {crumbs ? <Breadcrumb crumbs={crumbs} /> : null}
      <header className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl">{title}</h1>
          {lead ? <p className="mt-0.5 text-sm text-muted-foreground">{lead}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2 print:hidden">{actions}</div> : null}
      </header>
      {children}
    </>
  );
}
