"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { PersonBar } from "../shell/person-bar";
import type { SignOut } from "../shell/types";

export type WhoseProps = {
  /** Those whom the account stands for, itself first; `relationship` in words. */
  people: { id: string; name: string; relationship?: string }[];
  /** What the page without one person in its address is called. */
  everyone: string;
  /** What a screen reader calls the bar. */
  label: string;
  signOut: SignOut;
};

/** Pages about everybody at once; elsewhere, an address without a person means the account itself. */
const FOR_EVERYONE = /^\/(visits|find)?$/;
const PER_PERSON = /^\/(visits|profile|records)$/;
/** Pages that are always about one person. */
const FOR_ONE = ["/profile", "/records"];

/** Whose page it is, read from the address (`?for=`), so that it is right on every page and shared with its link. */
export function WhoseBar({ people, everyone, label, signOut }: WhoseProps) {
  const path = usePathname();
  const asked = useSearchParams().get("for");
  const base = PER_PERSON.test(path) ? path : path.startsWith("/records/") ? "/records" : "/visits";
  const known = people.find(({ id }) => id === asked);
  const single = people.length === 1;
  const all = { id: "", name: everyone, href: base, current: !known && FOR_EVERYONE.test(path) };
  const persons = people.map((person, index) => ({
    ...person,
    href: `${base}?for=${person.id}`,
    current: known ? person.id === known.id : index === 0 && !all.current,
  }));
  const shown = single
    ? persons.map((person) => ({ ...person, current: true }))
    : FOR_ONE.includes(base)
      ? persons
      : [all, ...persons];
  // A new key closes the list once somebody has been chosen.
  return (
    <section aria-label={label}>
      <PersonBar key={`${path}?${asked}`} people={shown} signOut={signOut} />
    </section>
  );
}
