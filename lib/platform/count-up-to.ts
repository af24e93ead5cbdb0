import { count, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { MOST_COUNTED } from "@/lib/domain/most-counted";

/** How many rows of `table` fit `where`; `MOST_COUNTED` and one where there are more. */
export async function countUpTo({ db }: Pick<Tx, "db">, table: PgTable, where?: SQL): Promise<number> {
  const some = db
    .select({ one: sql`1`.as("one") })
    .from(table)
    .where(where)
    .limit(MOST_COUNTED + 1)
    .as("some");
  const [row] = await db.select({ rows: count() }).from(some);
  return row?.rows ?? 0;
}
