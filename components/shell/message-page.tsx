import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Mark } from "./brand";

/** A whole page with one thing to say: not found, gone wrong, not allowed. `code` is a reference for whoever is called. */
export function MessagePage({
  icon: Icon,
  title,
  children,
  code,
  actions,
}: {
  icon?: LucideIcon;
  title: string;
  children: ReactNode;
  code?: ReactNode;
  actions: ReactNode;
}) {
  return (
    <div className="mx-auto grid min-h-[60dvh] max-w-column content-center justify-items-start gap-4 py-8 text-lg">
      {Icon ? (
        <span className="grid size-14 place-items-center rounded-xl bg-accent text-accent-foreground">
          <Icon aria-hidden className="size-7" />
        </span>
      ) : (
        <Mark className="size-14" />
      )}
      <h1 className="text-2xl">{title}</h1>
      <div className="grid gap-3 text-muted-foreground">{children}</div>
      {code ? <p className="figures text-base text-muted-foreground">{code}</p> : null}
      <div className="mt-3 flex flex-wrap gap-3">{actions}</div>
    </div>
  );
}
