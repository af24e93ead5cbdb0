import postgres from "postgres";
import { connect, withActor } from "@/db/client";
import { dueIds, takeDue } from "@/lib/notifications/ledger";
import { systemContext } from "@/lib/platform/context";
import { type BenchEnv, type BenchRow, percentile } from "./bench";
import { newDatabase } from "./new-database";

const PENDING = 1_000_000;
const DATABASE = "bench_due";
const ROUNDS = 40;

/** A million steps that are planned, ten thousand of them due. */
async function fill(ledger: postgres.Sql): Promise<void> {
  await ledger`insert into notifications (id, kind, step, channel, event_id, due_at)
    select gen_random_uuid(), 'appointment.reminder', 'before_1440', 'sms', gen_random_uuid(), now() + (n - 10000) * interval '10 seconds'
    from generate_series(1, ${PENDING}::int) n`;
  await ledger`vacuum analyze notifications`;
}

/** How long it takes the worker to find messages whose time has come, and to take a hundred of them, among a million that are planned. */
export async function dueScan({ url: base, owner }: BenchEnv): Promise<BenchRow[]> {
  const { url, drop } = await newDatabase(base, owner, DATABASE);
  const ledger = postgres(url, { max: 1, onnotice: () => undefined });
  await fill(ledger);
  const db = connect(url, { max: 1, name: "slotwell-bench" });
  const [looks, takes]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const ctx = systemContext(db, "bench", new Date());
      let since = performance.now();
      await withActor(ctx, (tx) => dueIds(tx, ctx.now, 3_600_000, 100));
      looks.push(performance.now() - since);
      since = performance.now();
      const ids = await withActor(ctx, (tx) => takeDue(tx, ctx.now, 3_600_000, 100));
      takes.push(performance.now() - since);
      if (ids?.length !== 100) throw new Error("the bench's messages are not due");
      await ledger`update notifications set status = 'sent' where status = 'queued'`;
    }
  } finally {
    await Promise.all([db.close(), ledger.end({ timeout: 5 })]);
    await drop();
  }
  const area = "messages";
  const looked = percentile(looks, 0.5);
  const bare = { name: "asked for", value: 20 };
  const target = { at: "most", ratio: 1 } as const;
  return [
    { area, name: "100 due found among 1,000,000", value: looked, unit: "ms", bare, ratio: looked / 20, target },
    { area, name: "100 of them taken for the broker", value: percentile(takes, 0.5), unit: "ms" },
  ];
}
