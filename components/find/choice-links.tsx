import { ChevronRight, Pencil } from "lucide-react";
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
              {item.detail ? <span className="text-base text-muted-foreground">{item.detail}</span> : null}
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

export type Answer = { id: string; label: string; value: string; href: string };

/** What has been answered so far; each leads back to its question. */
export function AnswersSoFar({ answers, label, change }: { answers: Answer[]; label: string; change: string }) {
  if (answers.length === 0) return null;
  return (
    <ul aria-label={label} className="mb-6 flex flex-wrap gap-2">
      {answers.map((answer) => (
        <li key={answer.id} className="min-w-0">
          <Link
            href={answer.href}
            className="inline-flex min-h-11 max-w-full items-center gap-2 rounded-full border border-accent-line bg-accent px-4 py-1.5 text-base text-accent-foreground hover:border-primary"
          >
            <span className="min-w-0">
              <span className="sr-only">{answer.label}: </span>
              {answer.value}
            </span>
            <Pencil aria-hidden className="size-4 shrink-0" />
            <span className="sr-only">{change}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
