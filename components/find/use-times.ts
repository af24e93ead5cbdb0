"use client";

import { useCallback, useEffect, useReducer, useRef } from "react";
import { type FindQuery, findHref, type TimesView } from "./query";

type Wish = { from?: string; day?: string };
type Known = { view: TimesView } | "failed";

/** What is shown stays until its successor is there; an answer is not asked for again within a minute. */
const FRESH_MS = 60_000;

/** Times for the strip and day in the address: those that came with the page, then from `source`, which answers in JSON. */
export function useTimes(source: string, query: FindQuery, wish: Wish, initial: TimesView) {
  const key = `${wish.from ?? ""} ${wish.day ?? ""}`;
  const known = useRef(new Map<string, Known>());
  const shown = useRef(initial);
  const [, show] = useReducer((count: number) => count + 1, 0);
  // The page's own answer is for the address that it was loaded with; a new answer from the server begins anew.
  const seed = useRef<TimesView | null>(null);
  if (seed.current !== initial) {
    seed.current = initial;
    known.current = new Map([[key, { view: initial }]]);
  }

  const address = findHref(source, query, { from: wish.from, day: wish.day });
  const load = useCallback(
    async (signal: AbortSignal) => {
      try {
        const answer = await fetch(address, { signal, headers: { accept: "application/json" } });
        if (!answer.ok) throw new Error(`times answered ${answer.status}`);
        known.current.set(key, { view: (await answer.json()) as TimesView });
        setTimeout(() => known.current.delete(key), FRESH_MS);
      } catch {
        if (signal.aborted) return;
        known.current.set(key, "failed");
      }
      show();
    },
    [address, key],
  );

  const current = known.current.get(key);
  const isMissing = current === undefined;
  useEffect(() => {
    if (!isMissing) return;
    const stop = new AbortController();
    void load(stop.signal);
    return () => stop.abort();
  }, [isMissing, load]);

  if (current && current !== "failed") shown.current = current.view;
  const retry = () => {
    known.current.delete(key);
    show();
  };
  const state = isMissing ? "loading" : current === "failed" ? "failed" : "ready";
  return { view: shown.current, state, retry } as const;
}
