import type { ReactNode } from "react";
import { Breadcrumb, type Crumb } from "../ui/breadcrumb";

/** A patient page: one column, one heading, plenty of air. `aside` stands beside it where there is room, else below; see `PatientShell`. */
export function PatientPage({
  title,
  lead,
  head,
  crumbs,
  aside,
  children,
}: {
  title?: ReactNode;
  lead?: ReactNode;
  /** In place of `title` and `lead`; holds the h1. */
  head?: ReactNode;
  crumbs?: Crumb[];
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <div className="max-w-column lg:row-span-2">
        {crumbs ? <Breadcrumb crumbs={crumbs} /> : null}
        {head ?? (
          <header className="mb-8 grid gap-2">
            <h1 className="text-2xl">{title}</h1>
            {lead ? <p className="max-w-[38rem] text-muted-foreground">{lead}</p> : null}
          </header>
        )}
        {children}
      </div>
      {aside ? <div className="max-w-column lg:col-start-2 lg:mb-6">{aside}</div> : null}
    </>
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
      <header className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
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
