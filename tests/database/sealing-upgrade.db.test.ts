import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, expect, inject, it } from "vitest";
import { connect } from "@/db/client";
import { closePlainColumns, migrate } from "@/db/migrate";
import { listPatients } from "@/lib/patients/queries";
import { updatePatient } from "@/lib/patients/update-patient";
import { systemContext } from "@/lib/platform/context";
import { sealWhatIsOpen } from "@/lib/protection/rotate-keys";
import { valueFrom } from "@/tests/support/records";

// From the last version that kept identifiers in plain, with patients in it, to this one.

const PATIENTS = 1_001;
const FOLDER = path.resolve("db/migrations");
const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => undefined });
const name = `upgrade_${randomBytes(6).toString("hex")}`;
await admin`create database ${admin(name)}`;
const { href: url } = Object.assign(new URL(inject("postgresUrl")), { pathname: `/${name}` });
const owner = postgres(url, { max: 2, onnotice: () => undefined });
const db = connect(url, { max: 4 });
const folder = mkdtempSync(path.join(tmpdir(), "slotwell-migrations-"));
const ctx = () => systemContext(db, "test", new Date());
afterAll(async () => {
  await Promise.all([db.close(), owner.end({ timeout: 5 })]);
  await admin`drop database ${admin(name)} with (force)`;
  await admin.end();
  rmSync(folder, { recursive: true, force: true });
});

async function earlierVersion(): Promise<void> {
  cpSync(FOLDER, folder, { recursive: true });
  const file = path.join(folder, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(file, "utf8")) as { entries: { tag: string }[] };
  const at = journal.entries.findIndex(({ tag }) => tag.endsWith("_sealed_identifiers"));
  expect(at).toBeGreaterThan(0);
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, at) }));
  await migrate(url, { folder });
  await owner`insert into patients (id, given_name, family_name, email, phone, address, external_id)
    select gen_random_uuid(), 'Ann', 'Before', 'before' || n || '@mail.test', '+43155' || (1000000 + n), n || ' Plain Street', 'old:' || n
    from generate_series(1, ${PATIENTS}) n`;
}
const plain = async () =>
  (
    await owner`select id from patients where num_nonnulls(record_number, email, phone, address, external_id) > 0 order by id`
  ).map(({ id }) => id as string);
const found = async (query: string) =>
  (await valueFrom(listPatients(ctx(), { query }))).items.map(({ email }) => email);
const finds = async (n: number) => {
  for (const query of [`before${n}@mail.test`, `+43155${1_000_000 + n}`, `P-${String(n).padStart(6, "0")}`])
    expect([query, await found(query)]).toEqual([query, [`before${n}@mail.test`]]);
};

it("seals what lay in plain while the clinic works, is stopped and goes on, and lets nothing be plain again", async () => {
  await earlierVersion();
  await migrate(url);
  expect(await plain()).toHaveLength(PATIENTS);
  await finds(7);

  // Whoever is changed meanwhile is sealed by that.
  const [first = ""] = await plain();
  expect(await valueFrom(updatePatient(ctx(), { id: first, locale: "pt" }))).toMatchObject({ locale: "pt" });
  expect(await plain()).toHaveLength(PATIENTS - 1);
  await expect(closePlainColumns(url)).rejects.toMatchObject({ constraint_name: "patients_identifiers_sealed" });

  const told: number[] = [];
  let asked = 0;
  const stopped = { progress: (_: string, done: number) => told.push(done), isStopped: () => ++asked > 3 };
  expect(await sealWhatIsOpen(db, stopped)).toBe(false);
  const left = (await plain()).length;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(PATIENTS - 1);
  expect(told.at(-1)).toBe(PATIENTS - 1 - left);
  for (const n of [7, 500, PATIENTS]) await finds(n);

  expect(await sealWhatIsOpen(db)).toBe(true);
  expect(await plain()).toEqual([]);
  await closePlainColumns(url);
  for (const n of [7, 500, PATIENTS]) await finds(n);
  const [count] =
    await owner`select count(*)::int as n, count(distinct key_id)::int as keys, bool_and(has_email and has_phone) as reached from patients`;
  expect(count).toEqual({ n: PATIENTS, keys: PATIENTS, reached: true });
  const tables = await owner<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
  for (const { name: table } of tables) {
    const rows = await owner.unsafe(`select t::text as line from "${table}" t`);
    const telling = rows.filter(({ line }) => /before\d|\+43155|Plain Street|old:\d|P-\d{6}/.test(line));
    expect([table, telling]).toEqual([table, []]);
  }
}, 60_000);
