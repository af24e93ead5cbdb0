"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";

/** What never came is not waited for any longer. */
const MOST_MS = 15_000;

/** Where a click leads within the product, if the router takes it there; the browser shows by itself how the rest loads. */
function targetOf(event: MouseEvent): URL | null {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link || !event.defaultPrevented) return null;
  const to = new URL(link.href);
  const isHere = to.pathname === location.pathname && to.search === location.search;
  return to.origin === location.origin && !isHere ? to : null;
}

/** A form of questions, such as a free time that is taken: the browser loads its answer as a new page, and only a tab far above says so. */
const isAsking = (event: SubmitEvent) =>
  !event.defaultPrevented && event.target instanceof HTMLFormElement && event.target.method === "get";

/** A line along the top from the press of a link until its page is there: on a slow network, too, a press has its sign at once. */
export function PressSign() {
  const path = usePathname();
  const query = useSearchParams().toString();
  const here = `${path}?${query}`;
  const [leaving, setLeaving] = useState<string | null>(null);
  useEffect(() => {
    const pressed = (event: MouseEvent) => targetOf(event) && setLeaving(here);
    const sent = (event: SubmitEvent) => isAsking(event) && setLeaving(here);
    // Back may bring this page as it was left.
    const shown = () => setLeaving(null);
    window.addEventListener("click", pressed);
    window.addEventListener("submit", sent);
    window.addEventListener("pageshow", shown);
    return () => {
      window.removeEventListener("click", pressed);
      window.removeEventListener("submit", sent);
      window.removeEventListener("pageshow", shown);
    };
  }, [here]);
  useEffect(() => {
    if (leaving === null) return;
    const timer = setTimeout(() => setLeaving(null), MOST_MS);
    return () => clearTimeout(timer);
  }, [leaving]);
  return leaving === here ? <div aria-hidden data-slot="press-sign" className="press-sign print:hidden" /> : null;
}
