"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { FieldError, fieldId } from "./field";

/** The bare box, for tables. `indeterminate` shows a dash. */
export function Checkbox({
  className,
  indeterminate = false,
  ...props
}: Omit<ComponentProps<"input">, "type"> & { indeterminate?: boolean }) {
  return (
    <input
      data-slot="checkbox"
      type="checkbox"
      ref={(box) => {
        if (box) box.indeterminate = indeterminate;
      }}
      className={cn("size-5 shrink-0 accent-primary", className)}
      {...props}
    />
  );
}

/** A box with its words, which can be pressed too. */
export function CheckboxField({
  name,
  label,
  hint,
  error,
  className,
  ...box
}: Omit<ComponentProps<"input">, "type"> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
}) {
  const id = box.id ?? fieldId(name);
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(" ");
  return (
    <div data-slot="field" className={cn("grid gap-1.5", error && "border-s-4 border-destructive ps-4", className)}>
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
      <div className="flex min-h-11 items-start gap-3 py-2 in-data-[density=dense]:min-h-8 in-data-[density=dense]:py-1">
        <Checkbox
          {...box}
          id={id}
          name={name}
          aria-describedby={described || undefined}
          aria-invalid={error ? true : undefined}
          className="mt-0.5"
        />
        <div>
          <label htmlFor={id} className="in-data-[density=dense]:text-sm">
            {label}
          </label>
          {hint ? (
            <p id={`${id}-hint`} className="text-base text-muted-foreground in-data-[density=dense]:text-sm">
              {hint}
            </p>
          ) : null}
        </div>
      </div>
    </div>
  );
}
