import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Column, getTableColumns } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { withActor } from "@/db/client";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import { holdSlot } from "@/lib/appointments/hold-slot";
import { updatePatient } from "@/lib/patients/update-patient";
import { patientKey } from "@/lib/protection/patient-keys";
import { getRecord } from "@/lib/records/get-record";
import { listRecords } from "@/lib/records/list-records";
import { testDb } from "@/tests/support/db";
import { valueFrom, ward } from "@/tests/support/records";
import { CANARY, wholeLife } from "@/tests/support/whole-life";
import { certificateHash, erasePatient, previewErasure } from "./erase-patient";
import { askErasure, listErasures, patientErasures, refuseErasure } from "./erasure-requests";
import { INVENTORY, type Inventoried } from "./inventory";
import { endHold, listHolds, setHold } from "./legal-holds";
import { listDueRecords } from "./list-due-records";

const { db, owner, url } = await testDb();
const DATA_DIR = mkdtempSync(path.join(tmpdir(), "slotwell-files-"));
Object.assign(process.env, { DATABASE_URL: url, DATA_DIR, LOG_LEVEL: "silent" });

let lives = 0;
/** A ward of its own with a whole life in it, long enough ago for its records or not. */
async function lived({ recordsAreOld }: { recordsAreOld: boolean }) {
  const w = await ward(db, owner);
  const word = `${CANARY}${"abcdefghijkl"[lives++]}`;
  const life = await wholeLife(w, owner, word);
  if (recordsAreOld)
    await owner`update medical_records set signed_at = now() - interval '11 years', occurred_at = now() - interval '11 years' where patient_id = ${life.patientId}`;
  return { w, ...life, word, recordNumber: `P-${word}` };
}
const filesLeft = () =>
  readdirSync(DATA_DIR, { recursive: true, encoding: "utf8" }).filter((name) => /[0-9a-f]{32}$/.test(name));

/** Where in the whole database the words still are. */
async function traces(word: string): Promise<string[]> {
  const tables = await owner<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await owner.unsafe(`select t::text as row from "${name}" t where t::text ilike '%${word}%'`);
    found.push(...rows.map(() => name));
  }
  return found;
}
const digest = async () => {
  const tables = await owner<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const sums = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await owner.unsafe(
        `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from "${name}" t`,
      );
      return [name, row?.sum];
    }),
  );
  return Object.fromEntries(sums);
};

describe("an erasure with nothing that is kept", () => {
  it("does what its dry run said, leaves no word of the person anywhere, and certifies it", async () => {
    const { w, patientId, userId, word, recordNumber } = await lived({ recordsAreOld: true });
    expect((await traces(word)).length).toBeGreaterThan(10);
    expect(filesLeft()).toHaveLength(2);
    const asked = await valueFrom(askErasure(w.ana, { patientId }));
    const before = await digest();
    const plan = await valueFrom(previewErasure(w.admin, { patientId }));
    expect(await digest()).toEqual(before);
    expect(plan).toMatchObject({ outcome: "complete", grounds: [], keptUntil: null, files: 2 });
    expect(Object.entries(plan.counts).filter(([, count]) => count === 0)).toEqual([
      ["holds", 0],
      ["recordGrants", 0],
    ]);

    const rows = await rowsBefore(patientId, userId);
    const done = await valueFrom(erasePatient(w.admin, { patientId, recordNumber }));
    expect(done).toMatchObject({ id: asked.id, status: "done", outcome: "complete", counts: plan.counts });
    expect(await traces(word)).toEqual([]);
    expect(await traces("5550177")).toEqual([]);
    expect(await traces("203.0.113.77")).toEqual([]);
    expect(await traces("1907-03-09")).toEqual([]);
    expect(filesLeft()).toEqual([]);
    await hasDoneAsInventoried(rows);
    await expect(withActor(w.system, (tx) => patientKey(tx, patientId))).rejects.toThrow(/destroyed/);

    // The certificate says who, when and how many, and its hash is over just that.
    const [row] = await owner`select e.*, e.counts as counts from erasures e where id = ${done.id}`;
    const decidedBy = (w.admin.actor as { userId: string }).userId;
    expect(row).toMatchObject({
      decided_by_user_id: decidedBy,
      files_left: [],
      certificate_hash: done.certificateHash,
    });
    const certificate = {
      id: done.id,
      patientId,
      byUserId: decidedBy,
      at: done.decidedAt ?? "",
      outcome: "complete",
      keptUntil: null,
    };
    expect(certificateHash({ ...certificate, counts: row?.counts })).toBe(done.certificateHash);
    expect(certificateHash({ ...certificate, counts: { ...row?.counts, keys: 9 } })).not.toBe(done.certificateHash);
    expect((await valueFrom(listErasures(w.admin))).items.find(({ id }) => id === done.id)?.patientName).toBe(
      "Erased patient",
    );
  });

  it("can be asked again, which finds nothing to do, and is not undone", async () => {
    const { w, patientId, recordNumber } = await lived({ recordsAreOld: true });
    await valueFrom(erasePatient(w.admin, { patientId, recordNumber }));
    const again = await valueFrom(previewErasure(w.admin, { patientId }));
    expect(Object.values(again.counts).filter((count) => count > 0)).toEqual([]);
    await valueFrom(erasePatient(w.admin, { patientId, recordNumber: `E-${patientId}` }));
    await expect(updatePatient(w.reception, { id: patientId, givenName: "Ana" })).resolves.toMatchObject({
      code: "not_found",
    });
    await expect(
      withActor(w.admin, ({ pg }) => pg`update patients set given_name = 'Ana' where id = ${patientId}`),
    ).rejects.toThrow(/stays/);
    expect((await valueFrom(listRecords(w.doctor, { patientId }))).items).toEqual([]);
  });
});

describe("what the law keeps", () => {
  it("stays with the name it belongs to, and nothing else does; once its time is over it goes too", async () => {
    const { w, patientId, userId, word, recordNumber } = await lived({ recordsAreOld: false });
    const plan = await valueFrom(previewErasure(w.admin, { patientId }));
    expect(plan).toMatchObject({ outcome: "records_kept", grounds: ["record_retention"], keptRecords: 4, files: 1 });
    expect(plan.counts).toMatchObject({ identity: 0, keys: 0, drafts: 1, contact: 1, account: 1 });
    const done = await valueFrom(erasePatient(w.admin, { patientId, recordNumber }));
    expect(done).toMatchObject({ outcome: "records_kept", counts: plan.counts, keptUntil: plan.keptUntil });
    // The name and the record number in the patient's row, and no other plain word.
    expect(await traces(word)).toEqual(["patients"]);
    const [user] = await owner`select disabled_at is not null as disabled, email from users where id = ${userId}`;
    expect(user).toEqual({ disabled: true, email: `erased-${userId}@erased.invalid` });
    const [record] = (await valueFrom(listRecords(w.doctor, { patientId }))).items;
    expect((await valueFrom(getRecord(w.doctor, { id: record?.id ?? "" }))).body).toContain(word);

    const later = { ...w.admin, now: new Date(Date.now() + 11 * 365.25 * 86_400_000) };
    expect(await valueFrom(erasePatient(later, { patientId, recordNumber }))).toMatchObject({ outcome: "complete" });
    expect(await traces(word)).toEqual([]);
  });

  it("is everything while a hold is live, which only an admin sets and ends", async () => {
    const { w, patientId, recordNumber } = await lived({ recordsAreOld: true });
    for (const ctx of [w.ana, w.doctor, w.reception])
      expect(await setHold(ctx, { patientId, reason: "Dispute" })).toMatchObject({ code: "forbidden" });
    const hold = await valueFrom(setHold(w.admin, { patientId, reason: "Dispute" }));
    const before = await digest();
    expect(await valueFrom(previewErasure(w.admin, { patientId }))).toMatchObject({ grounds: ["legal_hold"] });
    expect(await erasePatient(w.admin, { patientId, recordNumber })).toMatchObject({ code: "legal_hold" });
    const { erasures: _e, audit_log: _a, ...rest } = await digest();
    expect(before).toMatchObject(rest);
    await valueFrom(endHold(w.admin, { id: hold.id }));
    expect(await endHold(w.admin, { id: hold.id })).toMatchObject({ code: "not_found" });
    expect(await valueFrom(erasePatient(w.admin, { patientId, recordNumber }))).toMatchObject({ status: "done" });
    expect((await valueFrom(listHolds(w.admin, { patientId }))).items.map(({ reason }) => reason)).toEqual(["", ""]);
    await owner`delete from legal_holds`;
  });
});

describe("records whose time is over", () => {
  it("are proposed to an admin, unless a hold keeps them, and go by nobody else's doing", async () => {
    const { w, patientId, recordNumber } = await lived({ recordsAreOld: true });
    const kept = await lived({ recordsAreOld: false });
    const proposed = async () =>
      (await valueFrom(listDueRecords(w.admin))).items.filter((one) =>
        [patientId, kept.patientId].includes(one.patientId),
      );
    expect(await proposed()).toMatchObject([{ patientId, recordNumber }]);
    for (const ctx of [w.ana, w.doctor, w.reception])
      expect(await listDueRecords(ctx)).toMatchObject({ code: "forbidden" });
    const { id } = await valueFrom(setHold(w.admin, { patientId, reason: "Dispute" }));
    expect(await proposed()).toEqual([]);
    await valueFrom(endHold(w.admin, { id }));
    await valueFrom(erasePatient(w.admin, { patientId, recordNumber }));
    expect(await proposed()).toEqual([]);
  });
});

describe("a request", () => {
  it("is the patient's or their proxy's to make, once, and an admin's to decide with the record number in hand", async () => {
    const { w, patientId, recordNumber } = await lived({ recordsAreOld: true });
    const first = await valueFrom(askErasure(w.ana, { patientId }));
    expect((await valueFrom(askErasure(w.reader, { patientId }))).id).toBe(first.id);
    for (const ctx of [w.viewer, w.bo, w.doctor])
      expect(await askErasure(ctx, { patientId })).toMatchObject({ code: "not_found" });
    for (const ctx of [w.ana, w.doctor, w.reception, w.anonymous]) {
      expect(await previewErasure(ctx, { patientId })).toMatchObject({ code: "forbidden" });
      expect(await erasePatient(ctx, { patientId, recordNumber })).toMatchObject({ code: "forbidden" });
      expect(await refuseErasure(ctx, { id: first.id, refusal: "legal_duty" })).toMatchObject({ code: "forbidden" });
      expect(await listErasures(ctx)).toMatchObject({ code: "forbidden" });
    }
    expect(await erasePatient(w.admin, { patientId, recordNumber: "P-000000" })).toMatchObject({
      code: "validation_failed",
    });
    await valueFrom(refuseErasure(w.admin, { id: first.id, refusal: "identity_not_proved" }));
    expect(await patientErasures(w.ana, { patientId })).toMatchObject([
      { status: "refused", refusal: "identity_not_proved" },
    ]);
    expect(await patientErasures(w.bo, { patientId })).toEqual([]);
    expect((await valueFrom(askErasure(w.ana, { patientId }))).id).not.toBe(first.id);
  });
});

it("leaves no booking behind that was under way", async () => {
  const { w, patientId, word, recordNumber } = await lived({ recordsAreOld: true });
  const at = (n: number) => new Date(Math.ceil(Date.now() / 1_800_000) * 1_800_000 + 40 * 86_400_000 + n * 1_800_000);
  await owner`insert into schedule_exceptions (id, doctor_id, kind, location_id, during)
    select gen_random_uuid(), ${w.ids.treating}, 'extra', ${w.ids.locationId}, tstzrange(${at(-2)}, ${at(60)})`;
  const wish = (n: number) => ({
    serviceId: w.ids.serviceId,
    doctorId: w.ids.treating,
    start: at(n),
    patientId,
    reason: word,
  });
  expect((await bookAppointment(w.reception, wish(0))).ok).toBe(true);
  const bookings = Array.from({ length: 40 }, async (_, n) => {
    await new Promise((resolve) => setTimeout(resolve, n * 2));
    return bookAppointment(w.reception, wish(n + 1));
  });
  const [erased, ...booked] = await Promise.all([erasePatient(w.admin, { patientId, recordNumber }), ...bookings]);
  expect(erased.ok).toBe(true);
  const codes = new Set(booked.map((result) => (result.ok ? "booked" : result.code)));
  expect([...codes].every((code) => ["booked", "not_found"].includes(code))).toBe(true);
  expect(await holdSlot(w.reception, wish(50))).toMatchObject({ code: "not_found" });
  expect(
    await owner`select from appointments where patient_id = ${patientId} and status in ('held', 'booked') and starts_at > now()`,
  ).toHaveLength(0);
  expect(await traces(word)).toEqual([]);
});

it("refuses the booking that waits for it", async () => {
  const { w, patientId } = await lived({ recordsAreOld: true });
  const start = new Date(Math.ceil(Date.now() / 1_800_000) * 1_800_000 + 50 * 86_400_000);
  await owner`insert into schedule_exceptions (id, doctor_id, kind, location_id, during)
    select gen_random_uuid(), ${w.ids.treating}, 'extra', ${w.ids.locationId}, tstzrange(${start}, ${new Date(start.getTime() + 3_600_000)})`;
  const { booking } = await owner.begin(async (erasing) => {
    await erasing`select from patients where id = ${patientId} for update`;
    const waits = bookAppointment(w.reception, {
      serviceId: w.ids.serviceId,
      doctorId: w.ids.treating,
      start,
      patientId,
    });
    await expect
      .poll(
        async () =>
          (
            await owner`select from pg_stat_activity where wait_event_type = 'Lock'
      and datname = current_database()`
          ).length,
      )
      .toBeGreaterThan(0);
    await erasing`update patients set erased_at = now() where id = ${patientId}`;
    return { booking: waits };
  });
  expect(await booking).toMatchObject({ code: "not_found" });
});

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
type Before = { name: Inventoried; key: string; row: Record<string, unknown> }[];

/** Every row about the person with what tells it apart. */
async function rowsBefore(patientId: string, userId: string): Promise<Before> {
  const found: Before = [];
  for (const name of Object.keys(INVENTORY) as Inventoried[]) {
    const columns = Object.keys(INVENTORY[name].columns);
    const where =
      name === "patients"
        ? `id = '${patientId}'`
        : name === "users"
          ? `id = '${userId}'`
          : columns.includes("patientId")
            ? `patient_id = '${patientId}'`
            : columns.includes("userId")
              ? `user_id = '${userId}'`
              : "true";
    const keys = (Object.values(getTableColumns(INVENTORY[name].table)) as Column[]).filter(({ primary }) => primary);
    const id = columns.includes("id") ? "id" : snake(keys[0]?.name ?? columns[0] ?? "");
    for (const row of await owner.unsafe(`select * from ${name} where ${where}`)) found.push({ name, key: id, row });
  }
  return found;
}

/** Each column went the way that the inventory says. */
async function hasDoneAsInventoried(before: Before): Promise<void> {
  const wrong: string[] = [];
  for (const { name, key, row } of before) {
    const [after] = await owner.unsafe(`select * from ${name} where ${key} = $1`, [row[key] as string]);
    for (const [column, [, erased]] of Object.entries(INVENTORY[name].columns)) {
      const { keyAsName, name: given } = (getTableColumns(INVENTORY[name].table) as Record<string, Column>)[
        column
      ] as Column;
      const [was, is] = [row, after].map((one) => one?.[keyAsName ? snake(column) : given]);
      const isEmpty = was === null || was === false || was === "" || JSON.stringify(is) !== JSON.stringify(was);
      const isRight =
        erased === "row"
          ? !after
          : erased === "kept" || erased === "key"
            ? after !== undefined || name === "record_versions"
            : isEmpty;
      if (!isRight && !isDraft(name, row)) wrong.push(`${name}.${column} is ${JSON.stringify(is)}`);
    }
  }
  expect([...new Set(wrong)]).toEqual([]);
}
const isDraft = (name: string, row: Record<string, unknown>) =>
  row.status === "draft" || name === "record_attachments" || name === "record_versions";
