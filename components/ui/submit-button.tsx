"use client";

import { LoaderCircle } from "lucide-react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "./button";

/**
 * Submits its form. While it runs it says so and takes no second press, but keeps its place and its focus.
 * `pendingLabel` is what a screen reader and the button say meanwhile.
 */
export function SubmitButton({
  children,
  pendingLabel,
  pending: forced,
  onClick,
  ...props
}: ButtonProps & { pendingLabel: string; pending?: boolean }) {
  const status = useFormStatus();
  const pending = forced ?? status.pending;
  return (
    <Button
      {...props}
      type="submit"
      aria-disabled={pending || undefined}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
    >
      {pending ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      <span aria-live="polite">{pending ? pendingLabel : children}</span>
    </Button>
  );
}
