"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { forgetDrafts, restoreDraft } from "./drafts";

/** Puts back what was typed before the session ended; what others typed in this tab is forgotten. */
export function RestoreDrafts({ userId }: { userId: string }) {
  const path = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page has its own draft.
  useEffect(() => {
    forgetDrafts(userId);
    // After the forms of the page, which may be later than this, have come alive.
    const timer = setTimeout(() => restoreDraft(userId), 300);
    return () => clearTimeout(timer);
  }, [userId, path]);
  return null;
}
