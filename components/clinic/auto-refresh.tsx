"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Asks the server again while somebody looks: every so often, and when the window gets the focus. Not while something is open or typed. */
export function AutoRefresh({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    const again = () => {
      if (document.visibilityState === "visible") router.refresh();
    };
    const timer = setInterval(again, everyMs);
    window.addEventListener("focus", again);
    window.addEventListener("online", again);
    return () => {
      clearInterval(timer);
      window.removeEventListener("focus", again);
      window.removeEventListener("online", again);
    };
  }, [everyMs, router]);
  return null;
}
