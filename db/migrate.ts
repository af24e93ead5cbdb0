import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { verifiedBy } from "./client";

const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));
/** Any number will do, so long as every Slotwell process takes the same. */
const MIGRATION_LOCK = 7_305_118;

type MigrateOptions = { folder?: string; ca?: string | undefined };

/**
 * Brings the database at `url` to the newest schema, as the role that owns it. Safe to run twice and by several processes
 * at once: the others wait, and then find nothing to do. Throws what PostgreSQL says; a failed migration leaves nothing behind.
 */
export async function migrate(url: string, { folder = MIGRATIONS, ca }: MigrateOptions = {}): Promise<void> {
  const pg = postgres(url, {
    ...verifiedBy(ca),
    max: 1,
    onnotice: () => {},
    connection: { application_name: "slotwell-migrate", lock_timeout: 0 },
  });
  try {
    await pg`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await runMigrations(drizzle(pg), { migrationsFolder: folder });
    const [backup] = await pg`select to_regproc('let_backup_read') is not null as "isKnown"`;
    if (backup?.isKnown) await pg`select let_backup_read()`;
  } finally {
    // Closing the connection gives the lock back.
    await pg.end({ timeout: 5 });
  }
}

/** Once nothing lies in plain any more, says so to the database for good: what it refused of new rows, it then vouches for of all. Throws where one is left. */
export async function closePlainColumns(url: string, { ca }: Pick<MigrateOptions, "ca"> = {}): Promise<void> {
  const pg = postgres(url, {
    ...verifiedBy(ca),
    max: 1,
    onnotice: () => {},
    connection: { application_name: "slotwell-migrate" },
  });
  try {
    await pg`alter table patients validate constraint patients_identifiers_sealed`;
    await pg`alter table inbound_messages validate constraint inbound_messages_stranger_sealed`;
  } finally {
    await pg.end({ timeout: 5 });
  }
}
