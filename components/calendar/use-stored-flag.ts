"use client";

import { useCallback, useSyncExternalStore } from "react";

const CHANGED = "slotwell-flag";

function subscribe(changed: () => void) {
  window.addEventListener(CHANGED, changed);
  window.addEventListener("storage", changed);
  return () => {
    window.removeEventListener(CHANGED, changed);
    window.removeEventListener("storage", changed);
  };
}

/** A choice of this browser that outlives the page; `fallback` where it was never made, or can't be kept. */
export function useStoredFlag(name: string, fallback: boolean): [boolean, (value: boolean) => void] {
  const read = () => {
    try {
      const kept = localStorage.getItem(name);
      return kept === null ? fallback : kept === "on";
    } catch {
      return fallback;
    }
  };
  const value = useSyncExternalStore(subscribe, read, () => fallback);
  const set = useCallback(
    (next: boolean) => {
      try {
        localStorage.setItem(name, next ? "on" : "off");
      } catch {
        // A browser that keeps nothing forgets it with the page.
      }
      window.dispatchEvent(new Event(CHANGED));
    },
    [name],
  );
  return [value, set];
}
