import type { Tx } from "@/db/client";
import { AUDITED_TABLES } from "./audited-tables";
import type { Finding } from "./finding";

// The trigger's bits of INSERT, DELETE and UPDATE.
const UPDATE = 16;
const ALL = 4 + 8 + UPDATE;
/** Codes come and go with the second factor, which is audited; that one was used is what counts. */
const ONLY_UPDATES = new Set<string>(["recovery_codes"]);

/**
 * Where changes are not written down at this moment: a trigger that was dropped or disabled, or all of them. What was off for a while and is on again
 * leaves no trace here.
 */
export async function unguarded({ pg }: Tx): Promise<Finding | null> {
  const found = (id: string, says: string): Finding => ({ table: "triggers", id, says });
  const [mode] = await pg<{ value: string }[]>`select current_setting('session_replication_role') as value`;
  if (mode?.value === "replica") return found("session_replication_role", "is replica: no trigger fires");
  const on = await pg<{ name: string; events: number }[]>`
    select c.relname as name, bit_or(t.tgtype & 28) as events from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and t.tgenabled in ('O', 'A')
      and t.tgfoid = 'audit_row()'::regprocedure group by 1`;
  const guarded = new Map(on.map(({ name, events }) => [name, events]));
  const bare = AUDITED_TABLES.find((name) => guarded.get(name) !== (ONLY_UPDATES.has(name) ? UPDATE : ALL));
  if (bare) return found(bare, "its changes are not written down: the trigger is disabled, changed or gone");
  const [writer] = await pg<
    { source: string }[]
  >`select prosrc as source from pg_proc where oid = 'audit_row()'::regprocedure`;
  if (!writer?.source.includes("INSERT INTO audit_log"))
    return found("audit_row", "it does not write to the log any more");
  return null;
}
