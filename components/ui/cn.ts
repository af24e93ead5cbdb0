import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["sm", "base", "lg", "xl", "2xl"] }] } },
});

/** Joins class names; of two that set the same property the later wins. */
export const cn = (...inputs: ClassValue[]) => merge(clsx(inputs));
