import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { withActor } from "@/db/client";
import { createDraft, createRecord } from "@/lib/records/create-record";
import { getRecord } from "@/lib/records/get-record";
import { grantAccess } from "@/lib/records/grants";
import { listRecords } from "@/lib/records/list-records";
import { saveDraft } from "@/lib/records/save-draft";
import { withholdRecord } from "@/lib/records/withhold-record";
import { testDb } from "@/tests/support/db";
import { valueFrom, ward } from "@/tests/support/records";
import { destroyPatientKeys } from "./destroy-keys";
import { keysFault } from "./keys-fault";
import { rotateKeys } from "./rotate-keys";
import { SealBroken } from "./seal";
import { SEALED_TABLES } from "./sealed-tables";

const { db, owner } = await testDb({ max: 8 });
const w = await ward(db, owner);
const { doctor } = w;
const FIRST = process.env.ENCRYPTION_KEYS as string;
afterEach(() => {
  process.env.ENCRYPTION_KEYS = FIRST;
});

const patients: string[] = [];
for (let n = 0; n < 8; n++) {
  const { id } = await w.make.patient();
  await w.addVisit(id, w.ids.treating, n + 1);
  patients.push(id);
}
const note = (patientId: string, body: string) =>
  valueFrom(createRecord(doctor, { patientId, kind: "visit_note", title: "T", body }));
const bodyOf = async (id: string) => (await valueFrom(getRecord(doctor, { id }))).body;
const keyIds = async () =>
  (await owner<{ id: string }[]>`select id from data_keys where purpose = 'patient' order by id`).map(({ id }) => id);

it("knows every table that has sealed columns", async () => {
  const rows = await owner<{ table: string; columns: string[] }[]>`
    select table_name as table, array_agg(column_name::text order by column_name) as columns from information_schema.columns
    where table_schema = 'public' and column_name like '%\\_sealed' group by 1 order by 1`;
  const known = SEALED_TABLES.map(({ table, columns }) => ({ table, columns: [...columns].sort() }));
  expect([...rows]).toEqual(known.sort((a, b) => a.table.localeCompare(b.table)));
});

describe("a rotation", () => {
  it("replaces every key under load without one error, and needs the old key no more", async () => {
    const kept = await Promise.all(patients.map((patientId, n) => note(patientId, `body ${n}`)));
    await valueFrom(withholdRecord(doctor, { id: kept[0]?.id ?? "", reason: "a reason" }));
    await valueFrom(
      grantAccess(w.admin, { patientId: patients[0] ?? "", doctorId: w.ids.stranger, reason: "a colleague" }),
    );
    const before = await keyIds();
    process.env.ENCRYPTION_KEYS = `${randomBytes(32).toString("base64")},${FIRST}`;

    let isOver = false;
    let work = 0;
    const busy = async (patientId: string) => {
      const draft = await valueFrom(createDraft(doctor, { patientId, kind: "visit_note", title: "D", body: "" }));
      for (let n = 0; !isOver; n++) {
        await valueFrom(saveDraft(doctor, { id: draft.id, body: `typed ${n}` }));
        expect(await bodyOf(draft.id)).toBe(`typed ${n}`);
        await note(patientId, `while ${n}`);
        work++;
      }
    };
    const load = Promise.all(patients.slice(0, 4).map(busy));
    const done = await rotateKeys(db, { graceMs: 500 });
    isOver = true;
    await load;
    expect(done).toBe(true);
    expect(work).toBeGreaterThan(8);
    const after = await keyIds();
    expect(after.filter((id) => before.includes(id))).toEqual([]);
    expect(after).toHaveLength(before.length);

    const [fresh = ""] = process.env.ENCRYPTION_KEYS?.split(",") ?? [];
    process.env.ENCRYPTION_KEYS = fresh;
    expect(await keysFault(db)).toBeNull();
    for (const [n, { id }] of kept.entries()) expect(await bodyOf(id)).toBe(`body ${n}`);
    expect(await valueFrom(getRecord(doctor, { id: kept[0]?.id ?? "" }))).toMatchObject({ withheldReason: "a reason" });
    process.env.ENCRYPTION_KEYS = FIRST;
    expect(await keysFault(db)).toMatch(/ENCRYPTION_KEYS lacks/);
    process.env.ENCRYPTION_KEYS = "";
    expect(await keysFault(db)).toMatch(/ENCRYPTION_KEYS is needed/);
    // Back to the first key, for the other tests.
    process.env.ENCRYPTION_KEYS = `${FIRST},${fresh}`;
    expect(await rotateKeys(db, { wrapOnly: true })).toBe(true);
  }, 60_000);

  it("is stopped anywhere and goes on where it was", async () => {
    const [patientId = ""] = patients;
    const { id } = await note(patientId, "kept");
    const before = await keyIds();
    let runs = 0;
    for (let isDone = false; !isDone; runs++) {
      let asked = 0;
      isDone = await rotateKeys(db, { graceMs: 0, isStopped: () => ++asked > 4 });
      expect(await bodyOf(id)).toBe("kept");
    }
    expect(runs).toBeGreaterThan(3);
    expect((await keyIds()).filter((key) => before.includes(key))).toEqual([]);
    const rotations =
      await owner`select finished_at is not null as done, patients_done as n from key_rotations order by started_at`;
    expect([...rotations]).toMatchObject([{ done: true }, { done: true, n: before.length }]);
  }, 60_000);
});

describe("what is sealed", () => {
  it("does not open in another row, another patient's or the same one's", async () => {
    const [one = "", two = ""] = patients;
    const [mine, other, theirs] = [await note(one, "mine"), await note(one, "other"), await note(two, "theirs")];
    const move = async (from: string, to: string) => {
      const [kept] = await owner<
        { sealed: Buffer; key: string }[]
      >`select content_sealed as sealed, key_id as key from record_versions where record_id = ${to}`;
      await owner.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql`update record_versions v set content_sealed = o.content_sealed, key_id = o.key_id from record_versions o
          where o.record_id = ${from} and v.record_id = ${to}`;
      });
      await expect(getRecord(doctor, { id: to })).rejects.toBeInstanceOf(SealBroken);
      // A rotation stops at it and names it.
      await expect(rotateKeys(db, { graceMs: 0 })).rejects.toThrow(/record_versions.content_sealed of row/);
      await owner.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql`update record_versions set content_sealed = ${kept?.sealed ?? null}, key_id = ${kept?.key ?? null} where record_id = ${to}`;
      });
      expect(await rotateKeys(db, { graceMs: 0 })).toBe(true);
    };
    await move(mine.id, other.id);
    await move(mine.id, theirs.id);
  });

  it("is not in any table in plain: a canary in every field of a record is nowhere in a copy of the database", async () => {
    const [patientId = ""] = patients;
    const canary = "Canary7731";
    const draft = await valueFrom(
      createRecord(doctor, {
        patientId,
        kind: "diagnosis",
        title: canary,
        body: canary,
        coding: { system: "text", code: canary, display: canary },
      }),
    );
    await valueFrom(withholdRecord(doctor, { id: draft.id, reason: canary }));
    await valueFrom(grantAccess(w.admin, { patientId, doctorId: w.ids.stranger, reason: canary }));
    const tables = await owner<
      { name: string }[]
    >`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
    let rows = 0;
    for (const { name } of tables) {
      const copied = await owner.unsafe(`select t::text as line from "${name}" t`);
      rows += copied.length;
      const hex = Buffer.from(canary).toString("hex");
      const found = copied.filter(({ line }) => line.includes(canary) || line.includes(hex));
      expect([name, found.length]).toEqual([name, 0]);
    }
    expect(rows).toBeGreaterThan(100);
  });

  it("is gone for everybody once a patient's keys are destroyed, and for that patient only", async () => {
    const [one = "", two = ""] = patients.slice(5);
    const [gone, stays] = [await note(one, "gone"), await note(two, "stays")];
    const destroy = (ctx: typeof doctor) => withActor(ctx, (tx) => destroyPatientKeys(tx, one));
    for (const ctx of [doctor, w.admin, w.reception]) {
      await destroy(ctx);
      expect(await bodyOf(gone.id)).toBe("gone");
    }
    await destroy(w.system);
    expect(await getRecord(doctor, { id: gone.id })).toMatchObject({ code: "not_found" });
    expect(await valueFrom(listRecords(doctor, { patientId: one }))).toMatchObject({ items: [] });
    expect(await bodyOf(stays.id)).toBe("stays");
    expect(await rotateKeys(db, { graceMs: 0 })).toBe(true);
    expect(await bodyOf(stays.id)).toBe("stays");
  });
});
