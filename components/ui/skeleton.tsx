import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Holds the place of what is loading; hidden from screen readers, so put words in a live region. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div data-slot="skeleton" aria-hidden className={cn("animate-pulse rounded-md bg-sunken", className)} {...props} />
  );
}
