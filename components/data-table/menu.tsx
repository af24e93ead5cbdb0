"use client";

import type { ReactNode } from "react";
import { cn } from "../ui/cn";

/** What opens under a word and stays until it is pressed again, left, or Escape is: the browser's own, so it opens before scripts load. */
export function Menu({
  summary,
  align = "start",
  className,
  onToggle,
  children,
}: {
  summary: ReactNode;
  align?: "start" | "end";
  className?: string;
  onToggle?: (open: boolean) => void;
  children: ReactNode;
}) {
  return (
    <details
      className={cn("relative", className)}
      onToggle={(event) => onToggle?.(event.currentTarget.open)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.currentTarget.removeAttribute("open");
        event.currentTarget.querySelector("summary")?.focus();
      }}
      onBlur={(event) => {
        if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget))
          event.currentTarget.removeAttribute("open");
      }}
    >
      <summary className="list-none rounded-md [&::-webkit-details-marker]:hidden">{summary}</summary>
      <div
        className={cn(
          "absolute top-full z-20 mt-1 max-h-80 min-w-full overflow-y-auto rounded-lg bg-popover px-3 py-1.5 text-sm whitespace-nowrap shadow-overlay forced:border",
          align === "start" ? "start-0" : "end-0",
        )}
      >
        {children}
      </div>
    </details>
  );
}
