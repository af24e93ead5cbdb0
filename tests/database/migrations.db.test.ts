import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, inject, it } from "vitest";
import { migrate } from "@/db/migrate";
import { TEMPLATE_DATABASE } from "@/tests/support/provided";

const FOLDER = path.resolve("db/migrations");
type Journal = { entries: { idx: number; tag: string; when: number }[] };
const journal = JSON.parse(readFileSync(path.join(FOLDER, "meta/_journal.json"), "utf8")) as Journal;

const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => undefined });
const made: string[] = [];
const folders: string[] = [];

const urlOf = (name: string) => Object.assign(new URL(inject("postgresUrl")), { pathname: `/${name}` }).href;

async function newDatabase(template = "template1"): Promise<string> {
  const name = `migrate_${randomBytes(6).toString("hex")}`;
  await admin`create database ${admin(name)} template ${admin(template)}`;
  made.push(name);
  return urlOf(name);
}
const drop = (name: string) => admin`drop database ${admin(name)} with (force)`;

/** The migrations as they were when the journal had so many entries. */
function folderAt(entries: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), "slotwell-migrations-"));
  folders.push(folder);
  cpSync(FOLDER, folder, { recursive: true });
  const earlier = { ...journal, entries: journal.entries.slice(0, entries) };
  writeFileSync(path.join(folder, "meta/_journal.json"), JSON.stringify(earlier));
  return folder;
}

async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** Everything that a schema consists of, as text. */
const fingerprint = (url: string) =>
  withSql(url, async (sql) => {
    const rows = await sql<{ what: string }[]>`
      select 'column ' || table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || coalesce(' ' || column_default, '') as what
        from information_schema.columns where table_schema = 'public'
      union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || replace(pg_get_constraintdef(oid), ' NOT VALID', '') from pg_constraint where connamespace = 'public'::regnamespace
      union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
      union all select 'policy ' || tablename || ' ' || policyname || ' ' || cmd || ' ' || roles::text || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '') from pg_policies
      union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
      union all select 'function ' || pg_get_functiondef(p.oid) || ' ' || p.proowner::regrole || ' ' || coalesce(p.proacl::text, '') from pg_proc p
        where p.pronamespace = 'public'::regnamespace and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') and p.prokind = 'f'
      union all select 'view ' || viewname || ' ' || definition from pg_views where schemaname = 'public'
      union all select 'table ' || relname || ' ' || relrowsecurity || relforcerowsecurity || ' ' || coalesce((select string_agg(a::text, ' ' order by a::text) from unnest(relacl) a), '') from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')
      order by 1`;
    return rows.map(({ what }) => what);
  });

const applied = (url: string) =>
  withSql(url, async (sql) => (await sql`select hash from drizzle.__drizzle_migrations order by created_at`).length);

let newest: string[];
/** Climbs one version after the other; each test goes up from a copy of it. */
const STAIRS = `migrate_${randomBytes(6).toString("hex")}`;
beforeAll(async () => {
  await admin`create database ${admin(STAIRS)}`;
  newest = await fingerprint(urlOf(TEMPLATE_DATABASE));
  expect(newest.length).toBeGreaterThan(300);
});
afterEach(async () => {
  for (const name of made.splice(0)) await drop(name);
});
afterAll(async () => {
  await drop(STAIRS);
  await admin.end();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

it("has its migrations in the order of their times, as the migrator skips what is older than the last one applied", () => {
  const times = journal.entries.map(({ when }) => when);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

it.each(journal.entries.map(({ idx, tag }) => [tag, idx + 1] as const))(
  "goes up from %s to the newest",
  async (_, entries) => {
    await migrate(urlOf(STAIRS), { folder: folderAt(entries) });
    const url = await newDatabase(STAIRS);
    expect(await applied(url)).toBe(entries);
    await migrate(url);
    expect(await applied(url)).toBe(journal.entries.length);
    expect(await fingerprint(url)).toEqual(newest);
    await migrate(url);
    expect(await applied(url)).toBe(journal.entries.length);
  },
);

it("leaves nothing behind where one fails", async () => {
  const url = await newDatabase();
  const folder = folderAt(journal.entries.length);
  const last = journal.entries.at(-1)?.tag ?? "";
  const file = path.join(folder, `${last}.sql`);
  writeFileSync(file, `${readFileSync(file, "utf8")}--> statement-breakpoint\nSELECT no_such_function();`);
  await expect(migrate(url, { folder })).rejects.toThrow();
  await migrate(url);
  expect(await fingerprint(url)).toEqual(newest);
});

it("is safe by two processes at once against one empty database", async () => {
  const url = await newDatabase();
  const run = () =>
    new Promise<{ code: number | null; output: string }>((resolve) => {
      const env = { ...process.env, DATABASE_URL: url, DATABASE_OWNER_URL: url, NODE_ENV: "production" as const };
      const child = spawn(process.execPath, ["--import", "tsx", "scripts/migrate.ts"], { env });
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (data: Buffer) => (output += data.toString()));
      child.on("close", (code) => resolve({ code, output }));
    });
  const ends = await Promise.all([run(), run()]);
  expect(ends.map(({ code, output }) => (code === 0 ? 0 : output))).toEqual([0, 0]);
  expect(await applied(url)).toBe(journal.entries.length);
  expect(await fingerprint(url)).toEqual(newest);
});
