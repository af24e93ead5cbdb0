import type { FieldError } from "@/lib/domain/result";

/** `signIn`: it goes away by signing in again. */
export type FormError = FieldError & { signIn?: true };
export type FormValues = Record<string, string | string[]>;

/**
 * What a form's action answers to `useActionState`. `errors` is ready to show: a refusal without a field stands in it with an
 * empty path. `values` is what was typed, under the form's own names, without passwords.
 */
export type FormState<T = unknown> = {
  status: "idle" | "done" | "refused";
  code: string | null;
  detail: string | null;
  errors: FormError[];
  values: FormValues;
  value?: T;
  data?: Record<string, unknown>;
};

export const idleForm: FormState<never> = { status: "idle", code: null, detail: null, errors: [], values: {} };

/** What was typed into one field, for its `defaultValue`. */
export function typed(state: Pick<FormState, "values">, name: string): string | undefined {
  const value = state.values[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The words at a field: those of the first error under `path`. */
export const errorAt = (state: Pick<FormState, "errors">, path: string): string | undefined =>
  state.errors.find((error) => error.path === path)?.message;

const SECRET = /password|otp|token|secret/i;
const isText = (entry: [string, FormDataEntryValue]): entry is [string, string] => typeof entry[1] === "string";
/** Next's own hidden fields begin with `$`. */
const textEntries = (form: FormData) => [...form.entries()].filter(isText).filter(([name]) => !name.startsWith("$"));

/** What was typed, to be shown again; secrets are left out. */
export function formValues(form: FormData): FormValues {
  const values: FormValues = {};
  for (const [name, text] of textEntries(form)) {
    if (SECRET.test(name)) continue;
    const before = Object.hasOwn(values, name) ? values[name] : undefined;
    if (before === undefined)
      Object.defineProperty(values, name, { value: text, enumerable: true, configurable: true, writable: true });
    else values[name] = Array.isArray(before) ? [...before, text] : [before, text];
  }
  return values;
}

type Tree = { [key: string]: unknown };
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

function place(tree: Tree, path: string[], value: unknown): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (FORBIDDEN.has(key)) return;
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const inner = tree[key];
  if (inner === null || typeof inner !== "object") tree[key] = {};
  place(tree[key] as Tree, rest, value);
}

/** `{0: a, 1: b}` is a list, at every depth. */
function listed(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, listed(inner)] as const);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d{1,4}$/.test(key));
  if (isList) return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner);
  return Object.fromEntries(entries);
}

const DATE_PART = /^(.+)-(day|month|year)$/;

/** Three fields of a date as one ISO date as typed ("2016-2-31" stays wrong, for the schema to judge). */
function isoDate(parts: Record<string, string>): string {
  const [year = "", month = "", day = ""] = [parts.year, parts.month, parts.day];
  return year || month || day ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
}

/**
 * A form as the object that a schema expects: `a.b` nests, `a[]` is a list, `a.0.b` a list of objects, `a-day`, `a-month`,
 * `a-year` one ISO date. An empty field is left out, as if it were not there.
 */
export function formInput(form: FormData): Tree {
  const tree: Tree = {};
  const dates = new Map<string, Record<string, string>>();
  for (const [name, text] of textEntries(form)) {
    const trimmed = SECRET.test(name) ? text : text.trim();
    const [, dateName, part] = DATE_PART.exec(name) ?? [];
    if (dateName && part) dates.set(dateName, { ...dates.get(dateName), [part]: trimmed });
    else if (trimmed === "") continue;
    else if (name.endsWith("[]")) {
      const path = name.slice(0, -2).split(".");
      place(tree, path, [...(at(tree, path) ?? []), trimmed]);
    } else place(tree, name.split("."), trimmed);
  }
  for (const [name, parts] of dates) {
    const date = isoDate(parts);
    if (date !== "") place(tree, name.split("."), date);
  }
  return listed(tree) as Tree;
}

function at(tree: Tree, path: string[]): unknown[] | null {
  let value: unknown = tree;
  for (const key of path) {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, key)) return null;
    value = (value as Tree)[key];
  }
  return Array.isArray(value) ? value : null;
}
