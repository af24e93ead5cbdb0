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
  const whose = (
    <>
      <UserRound aria-hidden className="size-4.5 shrink-0 max-sm:hidden" />
      <span className="truncate">
        {t("whose")} <strong className="font-semibold">{current.name}</strong>
        {current.relationship ? <span className="max-sm:sr-only"> ({current.relationship})</span> : null}
      </span>
    </>
  );
  return (
    <div className="border-b bg-accent text-base text-accent-foreground print:hidden">
      <div className="mx-auto flex min-h-12 max-w-page items-center justify-between gap-3 px-4 sm:px-6">
        {people.length > 1 ? (
          <details className="group relative min-w-0">
            <summary className="flex min-h-11 list-none items-center gap-2 rounded-md [&::-webkit-details-marker]:hidden">
              {whose}
              <span className="inline-flex shrink-0 items-center gap-1 font-semibold underline underline-offset-3">
                {t("change")}
                <ChevronDown aria-hidden className="size-4 group-open:rotate-180" />
              </span>
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
        ) : (
          <p className="flex min-w-0 items-center gap-2">{whose}</p>
        )}
        {signOut ? (
          <form action={signOut} className="shrink-0">
            <button
              type="submit"
              className="inline-flex min-h-11 items-center gap-1.5 rounded-md px-2 font-semibold underline underline-offset-3 hover:decoration-2"
            >
              <LogOut aria-hidden className="size-4 max-sm:hidden rtl:rotate-180" />
              {t("signOut")}
            </button>
          </form>
        ) : null}
      </div>
    </div>
  );
}
