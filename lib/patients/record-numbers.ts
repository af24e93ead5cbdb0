import { withActor } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { readIdentifiers } from "@/lib/protection/identifiers";

/** Whom nobody knows any more is called by their row. */
export const calledBy = (id: string, recordNumber: string | null): string => recordNumber ?? `E-${id}`;

const READ_AT_ONCE = 5_000;

/** What patients are called by in letters, by id: of those whom the caller may see. */
export async function recordNumbers(ctx: Context, patientIds: Iterable<string>): Promise<Map<string, string>> {
  const ids = [...new Set(patientIds)];
  const numbers = new Map<string, string>();
  for (let at = 0; at < ids.length; at += READ_AT_ONCE) {
    const read = await withActor(ctx, (tx) => readIdentifiers(tx, ids.slice(at, at + READ_AT_ONCE)));
    for (const [id, { recordNumber }] of read) numbers.set(id, calledBy(id, recordNumber));
  }
  return numbers;
}
