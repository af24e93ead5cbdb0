import { sql } from "drizzle-orm";
import { customType, integer, pgRole, timestamp, uuid } from "drizzle-orm/pg-core";
import { uuidv7 } from "uuidv7";

/** Time-ordered keys (RFC 9562), made in the app so that a row knows its id before it is written. */
export const id = () =>
  uuid()
    .primaryKey()
    .$defaultFn(() => uuidv7());

export const instant = () => timestamp({ withTimezone: true, mode: "date" });

export const createdAt = () => instant().notNull().default(sql`now()`);
export const updatedAt = () => instant().notNull().default(sql`now()`);

/** Counts changes to a row; what ETag and If-Match speak of. */
export const version = () => integer().notNull().default(1);

export const citext = customType<{ data: string }>({ dataType: () => "citext" });

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** Half-open `[start,end)` as PostgreSQL writes it; read and write through the range helpers of `db/ranges.ts`. */
export const tstzrange = customType<{ data: string }>({ dataType: () => "tstzrange" });

export const bits = (length: number) => customType<{ data: string }>({ dataType: () => `bit(${length})` })();

/** What web and worker act as. It owns nothing, and every policy below binds it. */
export const appRole = pgRole("slotwell_app").existing();
/** Owner of the functions that must see more than their caller; nobody logs in as it. */
export const definerRole = pgRole("slotwell_definer").existing();
