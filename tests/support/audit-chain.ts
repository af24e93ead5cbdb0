import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type postgres from "postgres";
import type { Db } from "@/db/client";
import { type AnchorStore, folderAnchors } from "@/lib/audit/anchors";
import { type SealKey, sealKeys } from "@/lib/audit/seal";

export const KEYS: SealKey[] = sealKeys(["a key of the tests that is in no database"]);

export const freshAnchors = async (): Promise<AnchorStore & { folder: string }> => {
  const folder = await mkdtemp(path.join(tmpdir(), "audit-anchors-"));
  return { ...folderAnchors(folder), folder };
};

/** A pool that is one open transaction, for looking at what will be rolled back. */
export const withinTransaction = (tx: postgres.TransactionSql): Db =>
  ({
    pg: { begin: (work: (pg: postgres.TransactionSql) => unknown) => tx.savepoint((inner) => work(inner)) },
    deadlineMs: Number.POSITIVE_INFINITY,
  }) as unknown as Db;

/** Rows of both logs, with gaps between their ids as rolled-back bookings leave them. */
export async function addLogRows(owner: postgres.Sql, count: number): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`insert into audit_log (actor_kind, user_id, role, request_id, patient_id, table_name, row_id, operation, changes)
      select 'user', gen_random_uuid(), 'admin', 'r' || n, gen_random_uuid(), 'patients', gen_random_uuid()::text, 'UPDATE',
        jsonb_build_object('locale', jsonb_build_array('en', 'é' || n), 'family_name', 'protected')
      from generate_series(1, ${count}::int) n where nextval('audit_log_id_seq') > 0`;
    await tx`insert into access_log (patient_id, user_id, role, what, access, request_id)
      select gen_random_uuid(), gen_random_uuid(), 'doctor', 'record', 'treating', 'r' || n from generate_series(1, ${count}::int) n
      where nextval('access_log_id_seq') > 0`;
  });
}
