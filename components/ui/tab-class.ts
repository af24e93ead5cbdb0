import { cn } from "./cn";

export const tabClass = (current: boolean) =>
  cn(
    "inline-flex min-h-11 items-center gap-2 rounded-t-md border-b-3 px-3 font-semibold whitespace-nowrap transition-colors in-data-[density=dense]:min-h-9 in-data-[density=dense]:text-sm pointer-coarse:min-h-11!",
    current
      ? "border-primary text-accent-foreground"
      : "border-transparent text-muted-foreground hover:bg-sunken hover:text-foreground",
  );
