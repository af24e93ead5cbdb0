import { type FieldError, type Refused, refuse } from "@/lib/domain/result";
import { violatedConstraint } from "./database-faults";

/** Refuses one field of the input. */
export const invalid = (path: string, message: string) => refuse("validation_failed", { errors: [{ path, message }] });

export const badCursor = () => invalid("cursor", "is not a cursor of this list");

/** What stands in the way of changing `row`: that it is not there, or that it is not the one the caller has seen. */
export function versionRefusal(
  row: { version: number } | undefined,
  expected: number | undefined,
): Refused<"not_found" | "version_conflict"> | null {
  if (!row) return refuse("not_found");
  if (expected === undefined || expected === row.version) return null;
  return refuse("version_conflict", { detail: "It was changed meanwhile.", data: { version: row.version } });
}

/** Runs `work`; a unique constraint of `constraints` that it breaks becomes a refusal that names the field. */
export async function orConflict<T>(
  constraints: Record<string, FieldError>,
  work: () => Promise<T>,
): Promise<T | Refused<"conflict">> {
  try {
    return await work();
  } catch (error) {
    const field = constraints[violatedConstraint(error) ?? ""];
    if (!field) throw error;
    return refuse("conflict", { errors: [field] });
  }
}

/** Names each id of `given` that `known` lacks: `serviceIds.0`. */
export const unknownIdErrors = (path: string, given: readonly string[], known: ReadonlySet<string>): FieldError[] =>
  given.flatMap((id, index) => (known.has(id) ? [] : [{ path: `${path}.${index}`, message: "does not exist" }]));
