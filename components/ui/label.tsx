import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Label({ className, ...props }: ComponentProps<"label">) {
  // biome-ignore lint/a11y/noLabelWithoutControl: the caller passes htmlFor or wraps the control.
  return <label data-slot="label" className={cn("block font-semibold text-foreground in-data-[density=dense]:text-sm", className)} {...props} />;
}
