/**
 * What went wrong, for whoever sits at the terminal: the innermost error's message. What wraps a database's error is a whole statement, and its
 * values with it.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
