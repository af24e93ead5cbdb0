/** One thing wrong with one field; `path` is dotted (`rules.0.start`), empty for the whole body. */
export type FieldError = { path: string; message: string };

/** An expected refusal: a value, not an exception. `code` is literal and stable; clients branch on it. */
export type Refused<Code extends string = string> = {
  ok: false;
  code: Code;
  detail?: string;
  errors?: FieldError[];
  data?: Record<string, unknown>;
};

export type Result<T, Code extends string = string> = { ok: true; value: T } | Refused<Code>;

export function ok(): { ok: true; value: undefined };
export function ok<T>(value: T): { ok: true; value: T };
export function ok<T>(value?: T) {
  return { ok: true, value } as const;
}

export const refuse = <Code extends string>(code: Code, more?: Omit<Refused<Code>, "ok" | "code">): Refused<Code> => ({
  ok: false,
  code,
  ...more,
});
