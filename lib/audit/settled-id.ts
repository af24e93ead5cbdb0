import { type Db, type Tx, withActor } from "@/db/client";
import { systemContext } from "@/lib/platform/context";
import { type Chain, sequenceOf } from "./chains";

const POLL_MS = 20;

/**
 * An id up to which no further row of the log can appear; null where a writer that may hold a lower one has not ended within `waitMs`.
 *
 * An INSERT locks its table before it takes an id, and keeps the lock until its end. So whoever holds a lower id than the last one given out, and
 * has not ended, is among those who hold the lock after that id was read; once these have ended, a new snapshot sees every row there will be.
 * Writers pay nothing for it.
 */
export async function settledId(db: Db, chain: Chain, waitMs: number): Promise<number | null> {
  const as = <T>(work: (tx: Tx) => Promise<T>) => withActor(systemContext(db, "seal-audit", new Date()), work);
  const { given, writers } = await as(async ({ pg }) => {
    const [last] = await pg<{ id: string; isGiven: boolean }[]>`
      select last_value as id, is_called as "isGiven" from ${sequenceOf(pg, chain)}`;
    if (!last?.isGiven) return { given: 0, writers: [] };
    return { given: Number(last.id), writers: (await writersOf(pg, chain)).map(({ writer }) => writer) };
  });
  for (let waited = 0, left = writers.length; left > 0; waited += POLL_MS) {
    if (waited >= waitMs) return null;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const now = await as(({ pg }) => writersOf(pg, chain));
    // A prepared transaction has a new name; it is waited for whoever it was.
    left = now.filter(({ writer }) => writers.includes(writer) || writer.startsWith("-1/")).length;
  }
  return given;
}

const writersOf = (pg: Tx["pg"], chain: Chain) => pg<{ writer: string }[]>`
  select virtualtransaction as writer from pg_locks
  where locktype = 'relation' and relation = ${chain}::regclass and mode = 'RowExclusiveLock' and granted
    and database = (select oid from pg_database where datname = current_database())`;
