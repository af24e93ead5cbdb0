import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-md border text-center font-semibold transition-colors select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-[1.15em] [&_svg]:shrink-0 forced:border-[ButtonText]",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-primary text-primary-foreground shadow-raised hover:bg-primary-hover",
        secondary: "border-input bg-surface text-foreground hover:bg-sunken",
        soft: "border-transparent bg-accent text-accent-foreground hover:border-accent-line",
        ghost: "border-transparent bg-transparent text-foreground hover:bg-sunken",
        destructive:
          "border-transparent bg-destructive text-destructive-foreground shadow-raised hover:bg-destructive-hover",
        link: "link min-h-0! border-transparent px-0! font-medium",
      },
      size: {
        /** Staff pages. */
        sm: "min-h-9 px-3 text-sm pointer-coarse:min-h-11",
        /** Patient pages and forms. */
        md: "min-h-11 px-4 py-1.5 text-base",
        /** The one thing to do on a page. */
        lg: "min-h-13 px-6 py-2 text-lg",
        icon: "size-9 p-0 text-base pointer-coarse:size-11",
      },
    },
    defaultVariants: { variant: "primary", size: "md" },
  },
);

export type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonVariants> & { asChild?: boolean };

/** A button, or with `asChild` a link that looks like one. */
export function Button({ className, variant, size, asChild = false, type, ...props }: ButtonProps) {
  const Part = asChild ? Slot.Root : "button";
  return (
    <Part
      data-slot="button"
      type={asChild ? type : (type ?? "button")}
      className={cn(buttonVariants({ variant, size }), className)}
      {...props}
    />
  );
}
