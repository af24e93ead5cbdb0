import type { ReactNode } from "react";
import { cn } from "./cn";
import { FieldError, type FieldProps, fieldId } from "./field";

/** Several controls that answer one question, under one legend. `asHeading` makes the legend the page's h1. */
export function Fieldset({
  name,
  label,
  hint,
  error,
  note,
  className,
  asHeading,
  children,
}: FieldProps & { asHeading?: boolean; children: ReactNode }) {
  const id = fieldId(name);
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(" ");
  const words = (
    <>
      {label}
      {note ? <span className="font-normal text-muted-foreground"> ({note})</span> : null}
    </>
  );
  return (
    <div className={cn(error && "border-s-4 border-destructive ps-4", className)}>
      <fieldset data-slot="fieldset" data-field={id} aria-describedby={described || undefined} className="min-w-0">
        <legend className="float-none mb-1.5 p-0 font-semibold in-data-[density=dense]:text-sm">
          {asHeading ? <h1 className="mb-2 text-2xl">{words}</h1> : words}
        </legend>
        {hint ? (
          <p id={`${id}-hint`} className="mb-2 text-muted-foreground in-data-[density=dense]:text-sm">
            {hint}
          </p>
        ) : null}
        {error ? (
          <div className="mb-2">
            <FieldError id={`${id}-error`}>{error}</FieldError>
          </div>
        ) : null}
        {children}
      </fieldset>
    </div>
  );
}
