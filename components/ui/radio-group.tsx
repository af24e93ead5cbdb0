import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { type FieldProps, fieldId } from "./field";
import { Fieldset } from "./fieldset";

export type Choice = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

type ChoiceItemProps = Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode };

/** One radio as a row that can be pressed anywhere. */
export function Radio({ label, hint, className, id, ...input }: ChoiceItemProps & { id: string }) {
  return (
    <div
      className={cn(
        "relative flex min-h-11 items-start gap-3 rounded-lg border border-input bg-surface px-4 py-3 transition-colors hover:bg-sunken has-checked:border-primary has-checked:bg-accent has-checked:shadow-[inset_0_0_0_1px_var(--primary)] has-disabled:opacity-55 in-data-[density=dense]:py-2",
        className,
      )}
    >
      <input
        {...input}
        type="radio"
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-5 shrink-0 accent-primary"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="font-semibold before:absolute before:inset-0">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-muted-foreground">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** One answer of several; native radios, so arrows, forms and password managers behave. */
export function RadioGroup({
  choices,
  defaultValue,
  value,
  onValueChange,
  asHeading,
  columns,
  required,
  ...field
}: FieldProps & {
  choices: Choice[];
  defaultValue?: string;
  value?: string;
  onValueChange?: (value: string) => void;
  asHeading?: boolean;
  /** Two beside each other where there is room. */
  columns?: boolean;
  required?: boolean;
}) {
  const id = fieldId(field.name);
  const chosen =
    value === undefined
      ? { defaultOf: (choice: Choice) => ({ defaultChecked: choice.value === defaultValue }) }
      : { defaultOf: (choice: Choice) => ({ checked: choice.value === value }) };
  return (
    <Fieldset {...field} asHeading={asHeading}>
      <div className={cn("grid gap-2.5", columns && "sm:grid-cols-2")}>
        {choices.map((choice, index) => (
          <Radio
            key={choice.value}
            id={index === 0 ? id : `${id}-${index}`}
            name={field.name}
            value={choice.value}
            label={choice.label}
            hint={choice.hint}
            disabled={choice.disabled}
            required={required}
            onChange={onValueChange ? () => onValueChange(choice.value) : undefined}
            {...chosen.defaultOf(choice)}
          />
        ))}
      </div>
    </Fieldset>
  );
}
