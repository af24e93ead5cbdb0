import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));
/** Any number will do, so long as every Slotwell process takes the same. */
const MIGRATION_LOCK = 7_305_118;

/**
 * Brings the database at `url` to the newest schema, as the role that owns it. Safe to run twice and by several processes
 * at once: the others wait, and then find nothing to do. Throws what PostgreSQL says; a failed migration leaves nothing behind.
 */
export async function migrate(url: string, { folder = MIGRATIONS }: { folder?: string } = {}): Promise<void> {
  const pg = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "slotwell-migrate", lock_timeout: 0 },
  });
  try {
    await pg`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await runMigrations(drizzle(pg), { migrationsFolder: folder });
  } finally {
    // Closing the connection gives the lock back.
    await pg.end({ timeout: 5 });
  }
}
