import { CircleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Input } from "./input";
import { Label } from "./label";
import { Select } from "./select";
import { Textarea } from "./textarea";

export type FieldProps = {
  /** The form name; also the id that an error summary links to. */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** The same words as in the error summary. */
  error?: string | undefined;
  /** Said after the label where the answer may be left out, for example "optional". */
  note?: ReactNode;
  className?: string;
};
export type ControlProps = {
  id: string;
  name: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

/** The id under which an error summary finds a field: `answers.0.name` becomes `answers-0-name`. */
export const fieldId = (path: string) => path.replace(/\[\]$/, "").replaceAll(".", "-");

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 font-semibold text-destructive in-data-[density=dense]:text-sm">
      <CircleAlert aria-hidden className="mt-1 size-4 shrink-0" />
      {children}
    </p>
  );
}

/** Label, hint, error and one control, tied together. The child gets the ids: `{(control) => <Input {...control} />}`. */
export function Field({
  name,
  label,
  hint,
  error,
  note,
  className,
  children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = fieldId(name);
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(" ");
  return (
    <div
      data-slot="field"
      className={cn("grid content-start gap-1.5", error && "border-s-4 border-destructive ps-4", className)}
    >
      <Label htmlFor={id}>
        {label}
        {note ? <span className="font-normal text-muted-foreground"> ({note})</span> : null}
      </Label>
      {hint ? (
        <p id={`${id}-hint`} className="text-muted-foreground in-data-[density=dense]:text-sm">
          {hint}
        </p>
      ) : null}
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
      {children({ id, name, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
    </div>
  );
}

type Extra<P> = FieldProps & Omit<P, keyof FieldProps | keyof ControlProps> & { controlClassName?: string };

export function TextField({
  name,
  label,
  hint,
  error,
  note,
  className,
  controlClassName,
  ...input
}: Extra<ComponentProps<"input">>) {
  return (
    <Field {...{ name, label, hint, error, note, className }}>
      {(control) => <Input {...input} {...control} className={controlClassName} />}
    </Field>
  );
}

export function TextareaField({
  name,
  label,
  hint,
  error,
  note,
  className,
  controlClassName,
  ...area
}: Extra<ComponentProps<"textarea">>) {
  return (
    <Field {...{ name, label, hint, error, note, className }}>
      {(control) => <Textarea {...area} {...control} className={controlClassName} />}
    </Field>
  );
}

/** A select with its label; children are `<option>`s. */
export function SelectField({
  name,
  label,
  hint,
  error,
  note,
  className,
  controlClassName,
  children,
  ...select
}: Extra<ComponentProps<"select">>) {
  return (
    <Field {...{ name, label, hint, error, note, className }}>
      {(control) => (
        <Select {...select} {...control} className={controlClassName}>
          {children}
        </Select>
      )}
    </Field>
  );
}
