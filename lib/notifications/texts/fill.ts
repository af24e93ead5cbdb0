import type { Values } from "./text-kinds";

const NAME = /\{([a-z_]{1,30})\}/g;

/** The placeholders that a text names, each once, and whether a brace stands in it that belongs to none. */
export function namesIn(text: string): { names: string[]; hasStray: boolean } {
  const names = [...new Set([...text.matchAll(NAME)].map(([, name = ""]) => name))];
  return { names, hasStray: /[{}]/.test(text.replace(NAME, "")) };
}

/** The text with its values; once over, so that a value that looks like a placeholder stays as it is. */
export const fill = (text: string, values: Values): string =>
  text.replace(NAME, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name as keyof Values] ?? "") : whole,
  );
