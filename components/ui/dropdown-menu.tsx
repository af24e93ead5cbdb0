"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Part } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Not modal: the page can still scroll, and no style element is added to it. */
export const DropdownMenu = (props: ComponentProps<typeof Part.Root>) => <Part.Root modal={false} {...props} />;
export const DropdownMenuTrigger = Part.Trigger;
export const DropdownMenuGroup = Part.Group;
export const DropdownMenuRadioGroup = Part.RadioGroup;

const itemClass =
  "relative flex min-h-9 cursor-pointer items-center gap-2 rounded-sm px-2.5 py-1.5 text-sm select-none data-disabled:opacity-50 data-highlighted:bg-accent data-highlighted:text-accent-foreground data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-ring pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0";

export function DropdownMenuContent({
  className,
  align = "end",
  sideOffset = 6,
  ...props
}: ComponentProps<typeof Part.Content>) {
  return (
    <Part.Portal>
      <Part.Content
        data-slot="dropdown-menu"
        align={align}
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(
          "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg bg-popover p-1 shadow-overlay data-[state=open]:animate-appear forced:border",
          className,
        )}
        {...props}
      />
    </Part.Portal>
  );
}

export function DropdownMenuItem({
  className,
  destructive = false,
  ...props
}: ComponentProps<typeof Part.Item> & { destructive?: boolean }) {
  return <Part.Item className={cn(itemClass, destructive && "text-destructive", className)} {...props} />;
}

export function DropdownMenuCheckboxItem({ className, children, ...props }: ComponentProps<typeof Part.CheckboxItem>) {
  return (
    <Part.CheckboxItem className={cn(itemClass, "ps-8", className)} {...props}>
      <Part.ItemIndicator className="absolute start-2.5">
        <Check aria-hidden />
      </Part.ItemIndicator>
      {children}
    </Part.CheckboxItem>
  );
}

export function DropdownMenuRadioItem({ className, children, ...props }: ComponentProps<typeof Part.RadioItem>) {
  return (
    <Part.RadioItem className={cn(itemClass, "ps-8", className)} {...props}>
      <Part.ItemIndicator className="absolute start-2.5">
        <Check aria-hidden />
      </Part.ItemIndicator>
      {children}
    </Part.RadioItem>
  );
}

export const DropdownMenuLabel = ({ className, ...props }: ComponentProps<typeof Part.Label>) => (
  <Part.Label className={cn("px-2.5 py-1.5 text-sm font-semibold text-muted-foreground", className)} {...props} />
);
export const DropdownMenuSeparator = ({ className, ...props }: ComponentProps<typeof Part.Separator>) => (
  <Part.Separator className={cn("-mx-1 my-1 h-px bg-border", className)} {...props} />
);
