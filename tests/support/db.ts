import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { connect, type Db, type DbOptions } from "@/db/client";
import { TEMPLATE_DATABASE } from "./provided";

export type TestDb = {
  /** As the application: row-level security applies. */
  db: Db;
  /** As the superuser: sees and changes everything. */
  owner: postgres.Sql;
  /** Superuser's URL of this database. */
  url: string;
};

/**
 * A migrated database of its own for the test file, dropped after it. Call it at the top level of the file:
 * `const { db, owner } = await testDb();`
 */
export async function testDb(options?: DbOptions): Promise<TestDb> {
  const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => undefined });
  const name = `test_${randomBytes(6).toString("hex")}`;
  // Copying files is cheaper than logging each page where nothing is ever flushed.
  await admin`create database ${admin(name)} template ${admin(TEMPLATE_DATABASE)} strategy file_copy`;

  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  // Verbs ask the environment for limits; a test of the doors names its own database there.
  process.env.DATABASE_URL ??= url.href;
  const owner = postgres(url.href, { max: 4, onnotice: () => undefined });
  const db = connect(url.href, { name: "slotwell-test", ...options });
  afterAll(async () => {
    await Promise.all([db.close(), owner.end({ timeout: 5 })]);
    await admin`drop database ${admin(name)} with (force)`;
    await admin.end();
  });
  return { db, owner, url: url.href };
}
