import type { Db } from "@/db/client";

/** Long enough to spare each page or message a query, short enough that nobody waits for a change to show. */
const KEPT_MS = 3_000;

/** What `read` gives for a database, at most three seconds old in this process; `forget` for who has just changed it. */
export function keptReading<T>(read: (db: Db) => Promise<T>) {
  const kept = new WeakMap<Db, { until: number; reading: Promise<T> }>();
  const get = (db: Db): Promise<T> => {
    const known = kept.get(db);
    if (known && known.until > performance.now()) return known.reading;
    const reading = read(db);
    kept.set(db, { until: performance.now() + KEPT_MS, reading });
    // A reading that failed is asked for again by the next.
    reading.catch(() => kept.delete(db));
    return reading;
  };
  return { get, forget: (db: Db) => kept.delete(db) };
}
