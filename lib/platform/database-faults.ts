import { type Refused, refuse } from "@/lib/domain/result";

/** Drizzle wraps the driver's error; the SQLSTATE is on the innermost one that has a code. */
export function sqlState(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as Error & { code?: unknown };
    if (typeof code === "string") return code;
  }
  return undefined;
}

/** The constraint that a driver's error names, wherever it is wrapped. */
export function violatedConstraint(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { constraint_name: name } = at as Error & { constraint_name?: unknown };
    if (typeof name === "string") return name;
  }
  return undefined;
}

const UNREACHABLE =
  /^(08...|57P0.|53...|57014|55P03|40001|40P01|25P0.|CONNECT|CONNECTION_|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|ENOENT)/;

/**
 * What an error of the database means to the caller: `unavailable` where it is gone, full or too slow, `validation_failed` where a
 * value does not fit its column (class 22), null where it is a bug of ours.
 */
export function databaseRefusal(error: unknown): Refused<"unavailable" | "validation_failed"> | null {
  const state = sqlState(error);
  if (state === undefined) return null;
  if (UNREACHABLE.test(state))
    return refuse("unavailable", { detail: "The service cannot reach its data. Please try again." });
  if (/^22...$/.test(state))
    return refuse("validation_failed", { errors: [{ path: "", message: "A value is out of range." }] });
  return null;
}
