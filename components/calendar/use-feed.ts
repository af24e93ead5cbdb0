"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { CalendarFeed } from "@/lib/doctors/calendar-feed";

const EVERY_MS = 20_000;

export type Range = { from: string; to: string; timeZone: string };
type Loaded = { key: string; feed: CalendarFeed };
type Trouble = "lost" | "signed_out" | null;

const keyOf = ({ from, to, timeZone }: Range) => new URLSearchParams({ from, to, timeZone }).toString();

/**
 * What the calendar shows, read again every 20 seconds, when the window gets the focus and when the network is back, so that two screens
 * agree. What was read last stays while the next is on its way, or can't be read.
 */
export function useFeed(range: Range, initial: { range: Range; feed: CalendarFeed }) {
  const key = keyOf(range);
  const [loaded, setLoaded] = useState<Loaded>({ key: keyOf(initial.range), feed: initial.feed });
  const [trouble, setTrouble] = useState<Trouble>(null);
  const running = useRef<AbortController | null>(null);

  const reload = useCallback(async () => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    try {
      const answer = await fetch(`/calendar/visits?${key}`, { signal: control.signal, cache: "no-store" });
      if (answer.status === 401) return setTrouble("signed_out");
      if (!answer.ok) return setTrouble("lost");
      setLoaded({ key, feed: (await answer.json()) as CalendarFeed });
      setTrouble(null);
    } catch {
      if (!control.signal.aborted) setTrouble("lost");
    }
  }, [key]);

  const isRead = loaded.key === key;
  useEffect(() => {
    if (!isRead) void reload();
  }, [isRead, reload]);

  useEffect(() => {
    const again = () => {
      if (document.visibilityState === "visible") void reload();
    };
    const timer = setInterval(again, EVERY_MS);
    const lose = () => setTrouble("lost");
    const events = [
      [window, "focus", again],
      [window, "online", again],
      [window, "offline", lose],
      [document, "visibilitychange", again],
    ] as const;
    for (const [target, name, run] of events) target.addEventListener(name, run);
    return () => {
      clearInterval(timer);
      for (const [target, name, run] of events) target.removeEventListener(name, run);
    };
  }, [reload]);

  useEffect(() => () => running.current?.abort(), []);
  return { feed: loaded.feed, isLoading: !isRead, trouble, reload };
}
