"use client";

import "./csp-nonce";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Part } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { useFocusBack } from "./focus-back";
import { backdropClass, panelClass } from "./overlay";

export const Sheet = Part.Root;
export const SheetTrigger = Part.Trigger;
export const SheetClose = Part.Close;

/** A panel from the end of the line. With `<Sheet modal={false}>` and `beside` the page next to it stays in use. */
export function SheetContent({
  title,
  description,
  beside = false,
  className,
  children,
  ...props
}: Omit<ComponentProps<typeof Part.Content>, "title"> & {
  title: ReactNode;
  description?: ReactNode;
  beside?: boolean;
}) {
  const t = useTranslations("ui");
  const focusBack = useFocusBack();
  return (
    <Part.Portal>
      {beside ? null : <Part.Overlay className={backdropClass} />}
      <Part.Content
        data-slot="sheet"
        {...focusBack}
        data-density="dense"
        {...(description ? {} : { "aria-describedby": undefined })}
        {...(beside ? { onInteractOutside: (event: Event) => event.preventDefault() } : {})}
        className={cn(
          panelClass,
          "inset-y-0 end-0 flex w-full max-w-md flex-col overflow-y-auto p-5 data-[state=open]:animate-slide-in rtl:[--slide-from:-1.5rem]",
          className,
        )}
        {...props}
      >
        <div className="mb-4 flex items-start gap-4">
          <div className="grid flex-1 gap-1">
            <Part.Title className="text-lg">{title}</Part.Title>
            {description ? (
              <Part.Description className="text-sm text-muted-foreground">{description}</Part.Description>
            ) : null}
          </div>
          <Part.Close asChild>
            <Button variant="ghost" size="icon" aria-label={t("close")} className="-me-2 -mt-1">
              <X aria-hidden />
            </Button>
          </Part.Close>
        </div>
        {children}
      </Part.Content>
    </Part.Portal>
  );
}
