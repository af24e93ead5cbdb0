import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { getTableColumns, getTableName } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/platform/context";
import { patientAccessLog } from "@/lib/records/access-log";
import { testDb } from "@/tests/support/db";
import { valueFrom, ward } from "@/tests/support/records";
import { CANARY, wholeLife } from "@/tests/support/whole-life";
import { exportPatient } from "./export-patient";
import { type PatientExport, patientExport } from "./export-view";
import { INVENTORY, type Inventoried, NOT_OF_PATIENTS, shownColumns } from "./inventory";

const { db, owner, url } = await testDb();
Object.assign(process.env, {
  DATABASE_URL: url,
  DATA_DIR: mkdtempSync(path.join(tmpdir(), "slotwell-files-")),
  LOG_LEVEL: "silent",
});
const w = await ward(db, owner);
const patientId = w.ids.ana;
const NAMES = Object.keys(INVENTORY) as Inventoried[];
let life: Awaited<ReturnType<typeof wholeLife>>;
let whole: PatientExport;

beforeAll(async () => {
  life = await wholeLife(w, owner);
  whole = await valueFrom(exportPatient(w.ana, { patientId }));
});

describe("the inventory", () => {
  it("knows every table: a new one is either about patients, column by column, or it is said why not", async () => {
    const tables = await owner<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
    const known = [...NAMES.map((name) => getTableName(INVENTORY[name].table)), ...Object.keys(NOT_OF_PATIENTS)];
    expect(tables.map(({ name }) => name)).toEqual(known.sort());
  });

  it("knows every column that is there, whoever added it", async () => {
    for (const name of NAMES) {
      const columns = await owner<{ name: string }[]>`
        select column_name as name from information_schema.columns where table_schema = 'public' and table_name = ${name} order by 1`;
      const named: Record<string, { name: string; keyAsName: boolean }> = getTableColumns(INVENTORY[name].table);
      const known = Object.keys(INVENTORY[name].columns).map((key) =>
        named[key]?.keyAsName ? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : named[key]?.name,
      );
      expect([name, columns.map((column) => column.name)]).toEqual([name, known.sort()]);
    }
  });
});

describe("an export", () => {
  it("has every shown column of every row about the person", async () => {
    const text = JSON.stringify(whole);
    const missing: string[] = [];
    for (const name of NAMES) {
      for (const row of await rowsAbout(name)) {
        for (const key of shownColumns(name)) {
          const value = row[key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
          if (value === null) continue;
          const instant = value instanceof Date ? value.toISOString() : value;
          const isDay = key === "dateOfBirth" || /(Date|On)$/.test(key);
          const told = JSON.stringify(isDay ? String(instant).slice(0, 10) : instant);
          if (!text.includes(told)) missing.push(`${name}.${key} = ${told}`);
        }
      }
    }
    expect(missing).toEqual([]);
  });

  it("opens what is sealed: contact, records with each signed wording, names of files, who was let in and why", () => {
    expect(whole.patient).toMatchObject({
      email: `${CANARY}@home.test`,
      phone: "+4315550177",
      address: `1 ${CANARY} Street`,
      recordNumber: `P-${CANARY}`,
      externalId: `ext-${CANARY}`,
    });
    const [record] = whole.records;
    expect(whole.records).toHaveLength(1);
    expect(record).toMatchObject({
      title: "Told",
      body: `second ${CANARY}`,
      attachments: [{ fileName: `${CANARY}.pdf` }],
    });
    expect(record?.versions.map(({ body, reason }) => [body, reason])).toEqual([
      [`first ${CANARY}`, null],
      [`second ${CANARY}`, `mended ${CANARY}`],
    ]);
    expect([whole.recordGrants[0]?.reason, whole.emergencyAccess[0]?.reason]).toEqual([CANARY, CANARY]);
    expect(whole.replies).toMatchObject([{ body: `yes ${CANARY}`, sender: "+4315550177" }]);
  });

  it("leaves out what is withheld, and says how much and why", async () => {
    expect(whole.withheld).toEqual([
      { reason: "draft", count: 1 },
      { reason: "entered_in_error", count: 1 },
      { reason: "not_released", count: 1 },
      { reason: "staff_note", count: 2 },
      { reason: "withheld_by_doctor", count: 1 },
    ]);
    const text = JSON.stringify(whole);
    for (const hidden of [
      "Hidden",
      "Wrong",
      "Unreleased",
      "Unsigned",
      "withheld for",
      "passwordHash",
      "tokenHash",
      "wrapped",
    ])
      expect([hidden, text.includes(hidden)]).toEqual([hidden, false]);
  });

  it("fits the schema that the API documents, with nothing beside it", () => {
    const told = JSON.parse(JSON.stringify(whole));
    expect(patientExport.parse(told)).toEqual(told);
  });

  it("is the patient's, of who reads records for them, and an admin's; each is in the access log", async () => {
    const answer = async (ctx: Context) => {
      const made = await exportPatient(ctx, { patientId });
      return made.ok ? "made" : made.code;
    };
    expect([await answer(w.ana), await answer(w.reader), await answer(w.admin)]).toEqual(["made", "made", "made"]);
    for (const ctx of [w.viewer, w.bo, w.doctor]) expect(await answer(ctx)).toBe("not_found");
    for (const ctx of [w.reception, w.anonymous]) expect(await answer(ctx)).toBe("forbidden");
    const { items } = await valueFrom(patientAccessLog(w.ana, { patientId, limit: 100 }));
    const exports = items.filter(({ what }) => what === "export").map(({ reader, access }) => [reader.role, access]);
    expect(exports).toEqual([
      ["admin", "system"],
      ["patient", "proxy"],
      ["patient", "self"],
      ["patient", "self"],
    ]);
  });
});

/** Rows that the person is named in, by whichever column names people in that table. */
async function rowsAbout(name: Inventoried): Promise<Record<string, unknown>[]> {
  const mine: Partial<Record<Inventoried, string>> = {
    patients: `id = '${patientId}'`,
    users: `id = '${life.userId}'`,
    appointment_events: `appointment_id in (select id from appointments where patient_id = '${patientId}')`,
    // Those that were there when the export was made.
    access_log: `patient_id = '${patientId}' and what <> 'export'`,
    medical_records: `patient_id = '${patientId}' and release = 'released'`,
    record_versions: `record_id in (select id from medical_records where patient_id = '${patientId}' and release = 'released')`,
    record_attachments: `record_id in (select id from medical_records where patient_id = '${patientId}' and release = 'released')`,
  };
  const columns = Object.keys(INVENTORY[name].columns);
  const where =
    mine[name] ?? (columns.includes("patientId") ? `patient_id = '${patientId}'` : `user_id = '${life.userId}'`);
  const rows = shownColumns(name).length === 0 ? [] : await owner.unsafe(`select * from ${name} where ${where}`);
  if (shownColumns(name).length > 0 && !["erasures"].includes(name))
    expect([name, rows.length > 0]).toEqual([name, true]);
  return rows as unknown as Record<string, unknown>[];
}
