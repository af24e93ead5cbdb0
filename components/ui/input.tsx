import type { ComponentProps } from "react";
import { cn } from "./cn";

export const controlClass =
  "block w-full min-h-11 rounded-md border border-input bg-surface px-3 py-2 text-base text-foreground shadow-raised disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted-foreground [&[readonly]]:bg-sunken aria-invalid:border-2 aria-invalid:border-destructive in-data-[density=dense]:min-h-9 in-data-[density=dense]:py-1 in-data-[density=dense]:text-sm pointer-coarse:in-data-[density=dense]:min-h-11 pointer-coarse:in-data-[density=dense]:text-base";

/** A text field. Width says how much is expected: pass `className="max-w-40"` for short answers. */
export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  return <input data-slot="input" type={type} className={cn(controlClass, className)} {...props} />;
}
