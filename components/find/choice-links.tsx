import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

export type ChoiceLink = { href: string; title: string; aside?: string; detail?: ReactNode; icon?: ReactNode };

/** One question's answers as large links: the address of the next step is the answer. */
export function ChoiceLinks({ items, label }: { items: ChoiceLink[]; label?: string }) {
  return (
    <ul aria-label={label} className="grid gap-3">
      {items.map((item) => (
        <li key={item.href}>
          <Link
            href={item.href}
            className="group flex min-h-16 items-center gap-4 rounded-lg border border-input bg-surface px-5 py-3.5 transition-colors hover:border-primary hover:bg-accent"
          >
            {item.icon ? <span className="text-primary [&_svg]:size-6">{item.icon}</span> : null}
            <span className="grid min-w-0 flex-1 gap-0.5">
              <span className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="font-semibold">{item.title}</span>
                {item.aside ? <span className="figures text-base text-muted-foreground">{item.aside}</span> : null}
              </span>
              {item.detail ? (
                <span className="block text-base text-muted-foreground first-letter:uppercase">{item.detail}</span>
              ) : null}
            </span>
            <ChevronRight
              aria-hidden
              className="size-5 shrink-0 text-muted-foreground group-hover:text-primary rtl:rotate-180"
            />
          </Link>
        </li>
      ))}
    </ul>
  );
}
