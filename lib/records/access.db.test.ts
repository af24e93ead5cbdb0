import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { withActor } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { testDb } from "@/tests/support/db";
import { JPEG, PDF, PNG } from "@/tests/support/files";
import { valueFrom, ward } from "@/tests/support/records";
import { patientAccessLog } from "./access-log";
import { addAttachment, getAttachment, removeAttachment } from "./attachments";
import { closeGlass, openGlass } from "./break-glass";
import { createRecord } from "./create-record";
import { discardDraft } from "./discard-draft";
import { getRecord } from "./get-record";
import { grantAccess, listGrants, revokeAccess } from "./grants";
import { listGlass } from "./list-glass";
import { listRecords } from "./list-records";
import { recordAccess } from "./record-access";
import { signRecord } from "./sign-record";

const { db, owner, url } = await testDb();
const DATA_DIR = mkdtempSync(path.join(tmpdir(), "slotwell-files-"));
Object.assign(process.env, { DATABASE_URL: url, DATA_DIR, LOG_LEVEL: "silent" });
const w = await ward(db, owner);
const { doctor, stranger, ana, reader, reception, admin } = w;
const patientId = w.ids.ana;

const note = (more: object = {}) =>
  valueFrom(createRecord(doctor, { patientId, kind: "visit_note", title: "Cough", body: "Dry.", ...more }));
const accessOf = async (ctx: Context, patient = patientId) =>
  (await valueFrom(recordAccess(ctx, { patientId: patient }))).access;

describe("the treating relation", () => {
  it.each([
    ["a visit ahead", 300, "booked", "treating"],
    ["a visit behind", -300, "fulfilled", "treating"],
    ["a visit too far ahead", 400, "booked", null],
    ["a visit too long ago", -400, "fulfilled", null],
    ["a cancelled visit", 5, "cancelled", null],
    ["a visit that nobody came to", -5, "no_show", null],
  ])("%s", async (_, days, status, expected) => {
    const patient = await w.make.patient();
    await w.addVisit(patient.id, w.ids.treating, days, status);
    expect(await accessOf(doctor, patient.id)).toBe(expected);
    expect(await accessOf(stranger, patient.id)).toBeNull();
  });

  it("reaches as far as the clinic says", async () => {
    const patient = await w.make.patient();
    await w.addVisit(patient.id, w.ids.treating, -40, "fulfilled");
    await owner`insert into settings (key, value) values ('clinic.recordAccessDays', '30')`;
    expect(await accessOf(doctor, patient.id)).toBeNull();
    await owner`delete from settings where key = 'clinic.recordAccessDays'`;
    expect(await accessOf(doctor, patient.id)).toBe("treating");
  });

  it("tells reception that there are records, and no more", async () => {
    await note();
    expect(await valueFrom(recordAccess(reception, { patientId }))).toEqual({
      access: null,
      records: expect.any(Number),
    });
    expect((await valueFrom(recordAccess(ana, { patientId }))).records).toBeNull();
    expect(await recordAccess(w.anonymous, { patientId })).toMatchObject({ code: "forbidden" });
  });
});

describe("row-level security alone", () => {
  it("shows each caller what the verbs do, and lets them change no more", async () => {
    const [signed, released, draft] = [await note(), await note({ release: true }), await note({ draft: true })];
    const mine = [signed.id, released.id, draft.id];
    const seen = async (ctx: Context, table: string, column: string) => {
      const rows = await withActor(
        ctx,
        ({ pg }) =>
          pg<{ id: string }[]>`select ${pg(column)} as id from ${pg(table)} where ${pg(column)} in ${pg(mine)}`,
      );
      return mine.map((id) => rows.some((row) => row.id === id));
    };
    const cases: [Context, boolean[]][] = [
      [doctor, [true, true, true]],
      [ana, [false, true, false]],
      [reader, [false, true, false]],
      ...[w.viewer, w.bo, stranger, reception, admin, w.anonymous].map((ctx): [Context, boolean[]] => [
        ctx,
        [false, false, false],
      ]),
    ];
    for (const [ctx, expected] of cases) {
      expect(await seen(ctx, "medical_records", "id")).toEqual(expected);
      expect(await seen(ctx, "record_versions", "record_id")).toEqual(expected);
      const changed = await withActor(
        ctx,
        ({ pg }) => pg`update medical_records set is_warning = true where id in ${pg(mine)}`,
      );
      expect(changed.count).toBe(ctx === doctor ? 3 : 0);
      const struck = await withActor(ctx, ({ pg }) => pg`delete from medical_records where id = ${signed.id}`);
      expect(struck.count).toBe(0);
    }
  });
});

describe("breaking the glass", () => {
  it("lets in at once, for a while, with a reason that the admin and the patient read, and logs what was read", async () => {
    const { id } = await note();
    const reason = "Unconscious in the emergency room";
    for (const ctx of [reception, admin, ana, w.anonymous])
      expect(await openGlass(ctx, { patientId, reason })).toMatchObject({ code: "forbidden" });
    expect(await openGlass(doctor, { patientId, reason })).toMatchObject({ code: "not_needed" });
    expect(await getRecord(stranger, { id })).toMatchObject({ code: "not_found" });
    const glass = await valueFrom(openGlass(stranger, { patientId, reason, minutes: 30 }));
    expect(await accessOf(stranger)).toBe("break_glass");
    expect(await getRecord(stranger, { id })).toMatchObject({ ok: true });
    for (const ctx of [admin, ana, reader, stranger]) {
      expect((await valueFrom(listGlass(ctx, { patientId }))).items).toMatchObject([
        { id: glass.id, reason, closedAt: null },
      ]);
    }
    for (const ctx of [w.bo, doctor]) expect((await valueFrom(listGlass(ctx, {}))).items).toEqual([]);
    expect(await listGlass(reception, {})).toMatchObject({ code: "forbidden" });
    // Whoever was let in so lets nobody else in.
    expect(await grantAccess(stranger, { patientId, doctorId: w.ids.treating, reason: "x" })).toMatchObject({
      code: "forbidden",
    });
    const { items } = await valueFrom(patientAccessLog(ana, { patientId }));
    const strangers = items.filter(({ access }) => access === "break_glass");
    expect(strangers.map(({ what, recordId }) => [what, recordId])).toEqual([
      ["record", id],
      ["break_glass_opened", null],
    ]);
    expect(strangers[0]?.reader).toMatchObject({ role: "doctor", name: expect.stringContaining("doctor") });

    expect(await closeGlass(ana, { id: glass.id })).toMatchObject({ ok: false });
    await valueFrom(closeGlass(stranger, { id: glass.id }));
    expect(await getRecord(stranger, { id })).toMatchObject({ code: "not_found" });
    expect(await closeGlass(stranger, { id: glass.id })).toMatchObject({ code: "not_found" });
  });

  it("ends by itself, and can be neither lengthened nor reopened", async () => {
    const glass = await valueFrom(openGlass(stranger, { patientId, reason: "Unconscious again" }));
    const lengthen = withActor(
      stranger,
      ({ pg }) => pg`update break_glass set expires_at = expires_at + interval '1 hour' where id = ${glass.id}`,
    );
    await expect(lengthen).rejects.toMatchObject({ code: "42501" });
    await owner`update break_glass set opened_at = now() - interval '2 hours', expires_at = now() - interval '1 hour', closed_at = null where id = ${glass.id}`.catch(
      () => null,
    );
    await owner.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update break_glass set opened_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' where id = ${glass.id}`;
    });
    expect(await accessOf(stranger)).toBeNull();
    await valueFrom(closeGlass(stranger, { id: glass.id }));
    const reopen = await withActor(
      stranger,
      ({ pg }) => pg`update break_glass set closed_at = null where id = ${glass.id}`,
    );
    expect(reopen.count).toBe(0);
  });
});

describe("grants", () => {
  it("let a doctor in until they end; by an admin, who treats, or the patient", async () => {
    const input = { patientId, doctorId: w.ids.stranger, reason: "A second opinion" };
    for (const ctx of [reception, w.anonymous])
      expect(await grantAccess(ctx, input)).toMatchObject({ code: "forbidden" });
    for (const ctx of [stranger, w.bo, w.viewer])
      expect(await grantAccess(ctx, input)).toMatchObject({ code: "not_found" });
    expect(await grantAccess(reader, input)).toMatchObject({ code: "forbidden" });
    for (const ctx of [admin, doctor, ana]) {
      const grant = await valueFrom(grantAccess(ctx, input));
      expect(await accessOf(stranger)).toBe("grant");
      expect((await valueFrom(listGrants(ana, { patientId }))).items).toMatchObject([
        { id: grant.id, reason: "A second opinion" },
      ]);
      expect(await revokeAccess(stranger, { id: grant.id })).toMatchObject({ code: "not_found" });
      await valueFrom(revokeAccess(ctx, { id: grant.id }));
      expect(await accessOf(stranger)).toBeNull();
    }
    const past = new Date(Date.now() - 3_600_000).toISOString();
    expect(await grantAccess(admin, { ...input, validUntil: past })).toMatchObject({
      errors: [{ path: "validUntil" }],
    });
  });
});

describe("the log of reads", () => {
  it("names each reader with what let them in, to the patient, who reads for them, and admins", async () => {
    const { id } = await note({ release: true });
    await valueFrom(getRecord(doctor, { id }));
    await valueFrom(listRecords(reader, { patientId }));
    await valueFrom(getRecord(ana, { id }));
    const { items, nextCursor } = await valueFrom(patientAccessLog(ana, { patientId, limit: 3 }));
    expect(items.map(({ what, access }) => `${what} ${access}`)).toEqual([
      "record self",
      "list proxy",
      "record treating",
    ]);
    const next = await valueFrom(patientAccessLog(ana, { patientId, limit: 1, cursor: nextCursor ?? "" }));
    expect(Number(next.items[0]?.id)).toBeLessThan(Number(items[2]?.id));
    expect(await patientAccessLog(admin, { patientId })).toMatchObject({ ok: true });
    expect(await patientAccessLog(reader, { patientId })).toMatchObject({ ok: true });
    for (const ctx of [w.bo, w.viewer, doctor, stranger])
      expect(await patientAccessLog(ctx, { patientId })).toMatchObject({ code: "not_found" });
    expect(await patientAccessLog(reception, { patientId })).toMatchObject({ code: "forbidden" });
  });

  it("has no line of a read that was rolled back, and the read none without its line", async () => {
    const { id } = await note();
    const lines = async () =>
      (await owner<{ n: number }[]>`select count(*)::int as n from access_log where record_id = ${id}`)[0]?.n;
    const before = await lines();
    await owner`alter table access_log add constraint full_up check (request_id <> 'stop') not valid`;
    await expect(getRecord({ ...doctor, requestId: "stop" }, { id })).rejects.toThrow();
    await owner`alter table access_log drop constraint full_up`;
    expect(await lines()).toBe(before);
  });
});

describe("files of a record", () => {
  const filesOn = () =>
    readdirSync(DATA_DIR, { recursive: true, encoding: "utf8" }).filter((file) => /[0-9a-f]{32}$/.test(file));

  it("lie sealed under random names, and open for whoever may read the record", async () => {
    const draft = await note({ draft: true, title: "Scan" });
    const added = await valueFrom(
      addAttachment(doctor, { recordId: draft.id, fileName: "../../scan.jpg", bytes: PDF }),
    );
    expect(added).toMatchObject({ fileName: "scan.pdf", contentType: "application/pdf", sizeBytes: PDF.length });
    const [file = ""] = filesOn();
    const lying = readFileSync(path.join(DATA_DIR, file));
    expect([lying.includes("%PDF"), lying.includes("Catalog")]).toEqual([false, false]);
    const { attachments } = await valueFrom(getRecord(doctor, { id: draft.id }));
    expect(attachments).toEqual([added]);
    const open = async (ctx: Context) => {
      const got = await getAttachment(ctx, { id: added.id });
      return got.ok ? got.value.bytes.equals(PDF) : got.code;
    };
    expect([await open(doctor), await open(ana), await open(stranger), await open(reception)]).toEqual([
      true,
      "not_found",
      "not_found",
      "forbidden",
    ]);
    await valueFrom(signRecord(doctor, { id: draft.id }));
    expect(await removeAttachment(doctor, { id: added.id })).toMatchObject({ code: "invalid_transition" });
    expect(await addAttachment(doctor, { recordId: draft.id, fileName: "x", bytes: PNG })).toMatchObject({
      code: "invalid_transition",
    });
    await owner`update medical_records set release = 'released', released_at = now() where id = ${draft.id}`;
    expect([await open(ana), await open(reader), await open(w.viewer)]).toEqual([true, true, "not_found"]);
    const [line] =
      await owner`select what, access from access_log where record_id = ${draft.id} order by id desc limit 1`;
    expect(line).toEqual({ what: "attachment", access: "proxy" });
    // Bytes that were exchanged in the store do not open.
    const { writeFileSync } = await import("node:fs");
    writeFileSync(
      path.join(DATA_DIR, file),
      Buffer.concat([lying.subarray(0, -1), Buffer.of((lying.at(-1) ?? 0) ^ 1)]),
    );
    await expect(getAttachment(doctor, { id: added.id })).rejects.toThrow(/does not open/);
  });

  it("are refused by content and size, and go with their draft", async () => {
    const before = filesOn().length;
    const { id } = await note({ draft: true });
    const add = (bytes: Buffer, ctx = doctor) => addAttachment(ctx, { recordId: id, fileName: "a.png", bytes });
    expect(await add(Buffer.from("<svg onload=alert(1)>"))).toMatchObject({ code: "unsupported_media_type" });
    expect(await add(Buffer.alloc(20 * 1024 * 1024 + 1))).toMatchObject({ code: "payload_too_large" });
    expect(await add(PNG, stranger)).toMatchObject({ code: "not_found" });
    expect(await add(PNG, ana)).toMatchObject({ code: "forbidden" });
    const [one] = [await valueFrom(add(PNG)), await valueFrom(add(JPEG))];
    expect(filesOn().length).toBe(before + 2);
    await valueFrom(removeAttachment(doctor, { id: one?.id ?? "" }));
    expect(filesOn().length).toBe(before + 1);
    await valueFrom(discardDraft(doctor, { id }));
    expect(filesOn().length).toBe(before);
  });
});

it("is refused by name where there is no key", async () => {
  const key = process.env.ENCRYPTION_KEYS;
  process.env.ENCRYPTION_KEYS = "";
  expect(await listRecords(doctor, { patientId })).toMatchObject({ code: "encryption_not_configured" });
  expect(await createRecord(doctor, { patientId, kind: "visit_note", title: "x", body: "x" })).toMatchObject({
    code: "encryption_not_configured",
  });
  process.env.ENCRYPTION_KEYS = key;
});
