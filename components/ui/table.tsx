import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A plain table in a box of its own that scrolls sideways, by keyboard too. `label` names the box. */
export function Table({ className, label, ...props }: ComponentProps<"table"> & { label: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border bg-surface"
    >
      <table data-slot="table" className={cn("w-full border-collapse text-start text-sm", className)} {...props} />
    </section>
  );
}
export const TableHeader = ({ className, ...props }: ComponentProps<"thead">) => (
  <thead className={cn("bg-sunken", className)} {...props} />
);
export const TableBody = ({ className, ...props }: ComponentProps<"tbody">) => (
  <tbody className={cn("[&>tr:not(:last-child)]:border-b", className)} {...props} />
);
export const TableRow = ({ className, ...props }: ComponentProps<"tr">) => (
  <tr className={cn("hover:bg-sunken/60", className)} {...props} />
);
export const TableHead = ({ className, scope = "col", ...props }: ComponentProps<"th">) => (
  <th scope={scope} className={cn("px-3 py-2 text-start font-semibold whitespace-nowrap", className)} {...props} />
);
export const TableCell = ({ className, ...props }: ComponentProps<"td">) => (
  <td className={cn("px-3 py-2 align-middle", className)} {...props} />
);
