"use client";

import { Tooltip as Part } from "radix-ui";
import type { ReactNode } from "react";

/** A few more words for what already has a name. Shows on hover and on focus, Escape closes it. Nothing needed may live only here. */
export function Tooltip({
  content,
  side = "bottom",
  children,
}: {
  content: ReactNode;
  side?: "top" | "bottom" | "left" | "right";
  children: ReactNode;
}) {
  return (
    <Part.Provider delayDuration={300}>
      <Part.Root>
        <Part.Trigger asChild>{children}</Part.Trigger>
        <Part.Portal>
          <Part.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-64 rounded-md bg-foreground px-2.5 py-1.5 text-sm text-background shadow-overlay forced:border"
          >
            {content}
          </Part.Content>
        </Part.Portal>
      </Part.Root>
    </Part.Provider>
  );
}
