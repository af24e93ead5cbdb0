import postgres from "postgres";
import { connect, withActor } from "@/db/client";
import { migrate } from "@/db/migrate";
import { dueIds, takeDue } from "@/lib/notifications/ledger";
import { systemContext } from "@/lib/platform/context";
import { type Bench, type BenchRow, percentile } from "./bench";

const PENDING = 1_000_000;
const DATABASE = "bench_messages";
const ROUNDS = 40;

/** A database of its own: a million steps that are planned, ten thousand of them due. */
async function ledgerDatabase(base: string, owner: postgres.Sql): Promise<string> {
  const url = new URL(base);
  url.pathname = `/${DATABASE}`;
  await owner.unsafe(`drop database if exists ${DATABASE} with (force)`);
  await owner.unsafe(`create database ${DATABASE}`);
  await migrate(url.href);
  const ledger = postgres(url.href, { max: 1, onnotice: () => undefined });
  await ledger`insert into notifications (id, kind, step, channel, event_id, due_at)
    select gen_random_uuid(), 'appointment.reminder', 'before_1440', 'sms', gen_random_uuid(), now() + (n - 10000) * interval '10 seconds'
    from generate_series(1, ${PENDING}::int) n`;
  await ledger`vacuum analyze notifications`;
  await ledger.end();
  return url.href;
}

/** How long it takes the worker to find messages whose time has come, and to take a hundred of them, among a million that are planned. */
export const run: Bench = async ({ url, owner }): Promise<BenchRow[]> => {
  const db = connect(await ledgerDatabase(url, owner), { max: 1, name: "slotwell-bench" });
  const [looks, takes]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const ctx = systemContext(db, "bench", new Date());
      let since = performance.now();
      await withActor(ctx, (tx) => dueIds(tx, ctx.now, 3_600_000, 100));
      looks.push(performance.now() - since);
      since = performance.now();
      // What earlier rounds took counts as on its way, so each round has room for a hundred more.
      const ids = await withActor(ctx, (tx) => takeDue(tx, ctx.now, 3_600_000, (round + 1) * 100));
      takes.push(performance.now() - since);
      if (ids.length !== 100) throw new Error("the bench's messages are not due");
    }
  } finally {
    await db.close();
    await owner.unsafe(`drop database ${DATABASE} with (force)`);
  }
  const area = "messages";
  const looked = percentile(looks, 0.5);
  const bare = { name: "asked for", value: 20 };
  const target = { at: "most", ratio: 1 } as const;
  return [
    { area, name: "100 due found among 1,000,000", value: looked, unit: "ms", bare, ratio: looked / 20, target },
    { area, name: "100 of them taken for the broker", value: percentile(takes, 0.5), unit: "ms" },
  ];
};
