"use client";

import { useEffect } from "react";

const yearSeconds = 31_536_000;

/** Keeps the place that was last chosen ("all" too), so that the next day opens there. */
export function RememberPlace({ place }: { place: string }) {
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere, and a page of the server may not set cookies.
    document.cookie = `place=${place}; path=/; max-age=${yearSeconds}; samesite=lax`;
  }, [place]);
  return null;
}
