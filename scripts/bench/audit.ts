import path from "node:path";
import postgres from "postgres";
import { connect } from "@/db/client";
import { folderAnchors } from "@/lib/audit/anchors";
import { sealKeys } from "@/lib/audit/seal";
import { sealAudit } from "@/lib/audit/seal-audit";
import { verifyAudit } from "@/lib/audit/verify-audit";
import type { Bench, BenchRow } from "./bench";
import { newDatabase } from "./new-database";

const ROWS = 1_000_000;
const DATABASE = "bench_audit";
const seconds = async (work: () => Promise<unknown>) => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
};

async function fill(url: string): Promise<void> {
  const log = postgres(url, { max: 1, onnotice: () => undefined });
  await log`insert into audit_log (actor_kind, user_id, role, request_id, patient_id, table_name, row_id, operation, changes)
    select 'user', gen_random_uuid(), 'patient', gen_random_uuid()::text, gen_random_uuid(), 'appointments', gen_random_uuid()::text, 'UPDATE',
      '{"status": ["booked", "cancelled"], "reason": "protected", "cancelled_at": [null, "2026-03-02T12:00:00+00:00"]}'
    from generate_series(1, ${ROWS}::int)`;
  await log`vacuum analyze audit_log`;
  await log.end();
}

/** How long the audit chain of a million rows takes to seal and to verify; `npm run audit:verify` does both. */
export const run: Bench = async ({ url: base, owner }): Promise<BenchRow[]> => {
  // As the booking bench takes its rows out of the log again.
  const { url, drop } = await newDatabase(base, owner, DATABASE);
  await fill(url);
  const db = connect(url, {
    max: 2,
    name: "slotwell-bench",
    deadlineMs: Number.POSITIVE_INFINITY,
  });
  const anchors = folderAnchors(path.resolve(".data/bench/audit-anchors", String(Date.now())));
  const sealing = { keys: sealKeys(["the bench"]), anchors, now: new Date() };
  try {
    const sealed = await seconds(() => sealAudit(db, sealing));
    const verified = await seconds(async () => {
      const { chains } = await verifyAudit(db, sealing);
      const [log] = chains;
      if (log?.finding || (log?.rows ?? 0) < ROWS) throw new Error("the audit chain of the bench does not hold");
    });
    const area = "audit";
    return [
      { area, name: "1,000,000 rows sealed", value: sealed, unit: "s" },
      {
        area,
        name: "1,000,000 rows verified",
        value: verified,
        unit: "s",
        bare: { name: "asked for", value: 60 },
        ratio: verified / 60,
        target: { at: "most", ratio: 1 },
      },
    ];
  } finally {
    await db.close();
    await drop();
  }
};
