import { ChevronDown, LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "../ui/cn";
import type { PagePerson, SignOut } from "./types";

/** Whose page this is, on every page of the portal; with more than one person, the way to the others. */
export function PersonBar({ people, signOut }: { people: PagePerson[]; signOut?: SignOut }) {
  const t = useTranslations("shell.person");
  const current = people.find((person) => person.current) ?? people[0];
  if (!current) return null;
  return (
    <div className="border-b bg-accent text-base text-accent-foreground print:hidden">
      <div className="mx-auto flex min-h-13 max-w-page items-center justify-between gap-3 px-4 sm:px-6">
        {people.length > 1 ? (
          <PersonMenu people={people} current={current} />
        ) : (
          <p className="flex min-w-0 items-center gap-2">
            <Whose person={current} />
          </p>
        )}
        {signOut ? (
          <form action={signOut} className="shrink-0">
            <button
              type="submit"
              className="inline-flex min-h-11 items-center gap-1.5 rounded-md px-2 font-semibold hover:underline hover:underline-offset-3 max-sm:-me-2"
            >
              <LogOut aria-hidden className="size-4.5 rtl:rotate-180" />
              {t("signOut")}
            </button>
          </form>
        ) : null}
      </div>
    </div>
  );
}

function Whose({ person }: { person: PagePerson }) {
  return (
    <>
      <UserRound aria-hidden className="size-4.5 shrink-0" />
      <span className="truncate">
        <strong className="font-semibold">{person.name}</strong>
        {person.relationship ? <span className="max-sm:sr-only"> ({person.relationship})</span> : null}
      </span>
    </>
  );
}

function PersonMenu({ people, current }: { people: PagePerson[]; current: PagePerson }) {
  const t = useTranslations("shell.person");
  return (
    <details className="group relative min-w-0">
      <summary className="flex min-h-11 list-none items-center gap-2 rounded-md border border-accent-line bg-surface px-3 hover:border-primary [&::-webkit-details-marker]:hidden">
        <Whose person={current} />
        <span className="sr-only">{t("change")}</span>
        <ChevronDown aria-hidden className="size-4 shrink-0 group-open:rotate-180" />
      </summary>
      <ul className="absolute start-0 top-full z-40 mt-1 w-72 max-w-[calc(100vw-2rem)] rounded-lg bg-popover p-1 text-foreground shadow-overlay forced:border">
        {people.map((person) => (
          <li key={person.id}>
            <Link
              href={person.href}
              aria-current={person.current ? "true" : undefined}
              className={cn(
                "grid min-h-11 content-center rounded-md px-3 py-2 hover:bg-sunken",
                person.current && "bg-accent text-accent-foreground",
              )}
            >
              <span className="font-semibold">{person.name}</span>
              {person.relationship ? <span className="text-sm">{person.relationship}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
