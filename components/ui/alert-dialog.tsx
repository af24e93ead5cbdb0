"use client";

import "./csp-nonce";
import { AlertDialog as Part } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { useFocusBack } from "./focus-back";
import { backdropClass, panelClass } from "./overlay";

export const AlertDialog = Part.Root;
export const AlertDialogTrigger = Part.Trigger;
/** Wrap a Button: `<AlertDialogCancel asChild><Button variant="secondary">Keep it</Button></AlertDialogCancel>`. */
export const AlertDialogCancel = Part.Cancel;
export const AlertDialogAction = Part.Action;

/** Asks before something that can't be undone; only its buttons close it. Name both buttons by what they do. */
export function AlertDialogContent({
  title,
  description,
  className,
  children,
  ...props
}: Omit<ComponentProps<typeof Part.Content>, "title"> & { title: ReactNode; description: ReactNode }) {
  const focusBack = useFocusBack();
  return (
    <Part.Portal>
      <Part.Overlay className={backdropClass} />
      <Part.Content
        data-slot="alert-dialog"
        {...focusBack}
        className={cn(
          panelClass,
          "max-h-[92dvh] w-full overflow-y-auto p-5 data-[state=open]:animate-appear max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-t-xl sm:inset-0 sm:m-auto sm:h-fit sm:max-w-md sm:rounded-xl sm:p-6",
          className,
        )}
        {...props}
      >
        <Part.Title className="text-xl">{title}</Part.Title>
        <Part.Description asChild>
          <div className="mt-2 text-muted-foreground">{description}</div>
        </Part.Description>
        <div className="mt-6 flex flex-wrap justify-end gap-3 max-sm:[&>*]:flex-1">{children}</div>
      </Part.Content>
    </Part.Portal>
  );
}
