"use client";

import { Command as Part } from "cmdk";
import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A list that narrows while typing. Use it inside a Dialog or Sheet: on the server it would write style attributes. */
export function Command({ className, ...props }: ComponentProps<typeof Part>) {
  return <Part data-slot="command" className={cn("flex flex-col overflow-hidden", className)} {...props} />;
}

export function CommandInput({ className, ...props }: ComponentProps<typeof Part.Input>) {
  return (
    <div className="flex items-center gap-2 border-b px-3">
      <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <Part.Input className={cn("min-h-11 w-full bg-transparent text-base", className)} {...props} />
    </div>
  );
}

export const CommandList = ({ className, ...props }: ComponentProps<typeof Part.List>) => (
  <Part.List className={cn("max-h-80 overflow-y-auto p-1", className)} {...props} />
);
export const CommandEmpty = ({ className, ...props }: ComponentProps<typeof Part.Empty>) => (
  <Part.Empty className={cn("px-3 py-6 text-center text-muted-foreground", className)} {...props} />
);
export const CommandGroup = ({ className, ...props }: ComponentProps<typeof Part.Group>) => (
  <Part.Group
    className={cn(
      "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-muted-foreground",
      className,
    )}
    {...props}
  />
);
export const CommandItem = ({ className, ...props }: ComponentProps<typeof Part.Item>) => (
  <Part.Item
    className={cn(
      "flex min-h-10 cursor-pointer items-center gap-2 rounded-sm px-2.5 py-1.5 data-[disabled=true]:opacity-50 data-[selected=true]:bg-accent data-[selected=true]:text-accent-foreground",
      className,
    )}
    {...props}
  />
);
