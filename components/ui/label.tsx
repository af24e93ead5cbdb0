import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Label({ className, htmlFor, children, ...props }: ComponentProps<"label">) {
  return (
    <label
      htmlFor={htmlFor}
      data-slot="label"
      className={cn("block font-semibold text-foreground in-data-[density=dense]:text-sm", className)}
      {...props}
    >
      {children}
    </label>
  );
}
