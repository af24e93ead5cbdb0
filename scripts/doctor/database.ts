import { sql } from "drizzle-orm";
import { type Db, withActor } from "@/db/client";
import { localDate } from "@/lib/domain/zone";
import { systemContext } from "@/lib/platform/context";
import { assertMigrated, reachDatabase } from "@/lib/platform/health";
import { bad, examine, type Finding, fine, warn } from "./finding";

const EXTENSIONS = ["btree_gist", "pg_trgm", "citext"];
const DAY_MS = 86_400_000;
/** Search reads no day that is past; a week back covers every zone and whoever looks at yesterday. */
const BUSY_DAYS_BACK = 7;

type Options = { all: boolean; now: Date };

/** Everything that can be asked of the database; the first finding alone where it can't be reached. */
export async function examineDatabase(db: Db, options: Options): Promise<Finding[]> {
  const reachable = await examine(
    "database",
    "Start PostgreSQL, and check host, port, user and password in DATABASE_URL.",
    async () => {
      await reachDatabase(db);
      const [row] = await db.orm.execute<{ version: string }>(sql`select current_setting('server_version') as version`);
      const version = row?.version ?? "";
      if (Number.parseInt(version, 10) >= 15) return fine("database", `PostgreSQL ${version} answers`);
      return bad("database", `PostgreSQL ${version} is too old`, "Use PostgreSQL 15 or newer.");
    },
  );
  if (reachable.status !== "ok") return [reachable];
  const migrated = await examine("migrations", "Run: npm run migrate", async () => {
    await assertMigrated(db);
    return fine("migrations", "the newest is applied");
  });
  const rest = [examineExtensions(db)];
  if (migrated.status === "ok") rest.push(examineBusyDays(db, options), examineOutbox(db, options));
  return [reachable, migrated, ...(await Promise.all(rest))];
}

const examineExtensions = (db: Db) =>
  examine("extensions", "Run: npm run migrate", async () => {
    const rows = await db.orm.execute<{ extname: string }>(sql`select extname from pg_extension`);
    const there = new Set([...rows].map(({ extname }) => extname));
    const missing = EXTENSIONS.filter((name) => !there.has(name));
    if (missing.length === 0) return fine("extensions", EXTENSIONS.join(", "));
    const mend = `As a superuser: ${missing.map((name) => `create extension ${name};`).join(" ")}`;
    return bad("extensions", `missing: ${missing.join(", ")}`, mend);
  });

/** The derived cells that search reads must say what the visits say. */
const examineBusyDays = (db: Db, { all, now }: Options) =>
  examine("busy days", "Run: npm run doctor -- --rebuild-busy-days", async () => {
    const from = all ? "0001-01-01" : localDate(Math.floor((now.getTime() - BUSY_DAYS_BACK * DAY_MS) / 1_000), "UTC");
    const [row] = await withActor(systemContext(db, "doctor", now), (tx) =>
      tx.db.execute<{ wrong: number; days: number }>(sql`
        with expected as (
          select a.doctor_id, d::date as day, bit_or(busy_cells(a.busy, d::date)) as bits
          from appointments a, generate_series((lower(a.busy) at time zone 'UTC')::date,
            ((upper(a.busy) - interval '1 microsecond') at time zone 'UTC')::date, '1 day') d
          where a.status <> 'cancelled' and upper(a.busy) > ${from}::date and d >= ${from}::date
          group by 1, 2)
        select count(*)::int as days, count(*) filter (where coalesce(e.bits, 0::bit(288)) <> coalesce(b.bits, 0::bit(288)))::int as wrong
        from expected e full join (select * from doctor_busy_days where day >= ${from}::date) b using (doctor_id, day)`),
    );
    const { wrong = 0, days = 0 } = row ?? {};
    if (wrong === 0) return fine("busy days", `${days} agree with the visits${all ? "" : ` since ${from}`}`);
    const mend = "Run: npm run doctor -- --rebuild-busy-days (bookings wait while it runs)";
    return bad("busy days", `${wrong} of ${days} do not agree with the visits`, mend);
  });

const STALE_MINUTES = 5;

const examineOutbox = (db: Db, { now }: Options) =>
  examine("outbox", "Run: npm run migrate", async () => {
    const [row] = await withActor(systemContext(db, "doctor", now), (tx) =>
      tx.db.execute<{ stale: number; dead: number }>(sql`
        select count(*) filter (where dead_at is null and available_at < now() - make_interval(mins => ${STALE_MINUTES}::int))::int as stale,
          count(*) filter (where dead_at is not null)::int as dead
        from outbox where done_at is null`),
    );
    const { stale = 0, dead = 0 } = row ?? {};
    if (stale > 0) {
      const mend = "Start the worker (npm run worker), and look at its log if it runs.";
      return warn("outbox", `${stale} events wait for more than ${STALE_MINUTES} minutes`, mend);
    }
    if (dead > 0)
      return warn("outbox", `${dead} events were given up on`, "Look at the dead letters, and send again what is due.");
    return fine("outbox", "nothing waits");
  });

/** Makes the derived cells anew from the visits. */
export const rebuildBusyDays = (db: Db, now: Date) =>
  withActor(systemContext(db, "doctor", now), (tx) => tx.db.execute(sql`select rebuild_busy_days()`));
