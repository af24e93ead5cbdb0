import { type ReactNode, useId } from "react";

/** What can be done about a visit, beside what it is; its links and buttons stand under each other where it is narrow. */
export function VisitAside({ title, body, children }: { title: string; body?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-xl border bg-surface p-5 text-base max-lg:mt-8 print:hidden">
      <h2 id={id} className="text-lg">
        {title}
      </h2>
      {body ? <p className="mt-1 text-muted-foreground">{body}</p> : null}
      <div className="mt-4 flex flex-wrap gap-3 max-sm:flex-col lg:flex-col">{children}</div>
    </section>
  );
}
