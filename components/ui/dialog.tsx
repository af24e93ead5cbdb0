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

export const Dialog = Part.Root;
export const DialogTrigger = Part.Trigger;
export const DialogClose = Part.Close;

/** A question over the page. Full width from below on phones, in the middle elsewhere. */
export function DialogContent({
  title,
  description,
  className,
  children,
  ...props
}: Omit<ComponentProps<typeof Part.Content>, "title"> & { title: ReactNode; description?: ReactNode }) {
  const t = useTranslations("ui");
  const focusBack = useFocusBack();
  return (
    <Part.Portal>
      <Part.Overlay className={backdropClass} />
      <Part.Content
        data-slot="dialog"
        {...focusBack}
        {...(description ? {} : { "aria-describedby": undefined })}
        className={cn(
          panelClass,
          "max-h-[92dvh] w-full overflow-y-auto p-5 data-[state=open]:animate-appear max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-t-xl sm:inset-0 sm:m-auto sm:h-fit sm:max-w-lg sm:rounded-xl sm:p-6",
          className,
        )}
        {...props}
      >
        <div className="mb-4 flex items-start gap-4">
          <div className="grid flex-1 gap-1">
            <Part.Title className="text-xl">{title}</Part.Title>
            {description ? <Part.Description className="text-muted-foreground">{description}</Part.Description> : null}
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

export function DialogFooter({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("mt-6 flex flex-wrap justify-end gap-3 max-sm:[&>*]:flex-1", className)} {...props} />;
}
