import { describe, expect, it } from "vitest";
import { withActor } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { testDb } from "@/tests/support/db";
import { valueFrom, ward } from "@/tests/support/records";
import { amendRecord } from "./amend-record";
import { createDraft, createRecord } from "./create-record";
import { discardDraft } from "./discard-draft";
import { getRecord } from "./get-record";
import { listRecords } from "./list-records";
import { markInError } from "./mark-in-error";
import { patientSummary } from "./patient-summary";
import { differences, recordVersions } from "./record-versions";
import { releaseRecord } from "./release-record";
import { resolveRecord } from "./resolve-record";
import { saveDraft } from "./save-draft";
import { signRecord } from "./sign-record";
import { createTemplate, listTemplates, updateTemplate } from "./templates";
import { withholdRecord } from "./withhold-record";

const { db, owner } = await testDb();
const w = await ward(db, owner);
const { doctor, stranger, ana, reader, viewer, reception, admin } = w;
const patientId = w.ids.ana;
const NOBODY = "00000000-0000-4000-8000-000000000000";

const note = (more: object = {}) =>
  valueFrom(createRecord(doctor, { patientId, kind: "visit_note", title: "Cough", body: "Dry.", ...more }));
const seenBy = async (ctx: Context, id: string) => {
  const got = await getRecord(ctx, { id });
  return got.ok ? "seen" : got.code;
};

describe("writing", () => {
  it("saves as one types, conflicts with another tab, and signs once there is a title", async () => {
    const draft = await valueFrom(createDraft(doctor, { patientId, kind: "visit_note", title: "", body: "" }));
    expect(draft).toMatchObject({ status: "draft", release: "pending", version: 1, revision: 1, signedAt: null });
    const { id } = draft;
    const saved = await valueFrom(saveDraft(doctor, { id, expectedVersion: 1, body: "First words" }));
    expect(saved).toMatchObject({ body: "First words", version: 2 });
    expect(await saveDraft(doctor, { id, expectedVersion: 1, body: "Other tab" })).toMatchObject({
      code: "version_conflict",
      data: { version: 2 },
    });
    expect(await signRecord(doctor, { id })).toMatchObject({ code: "validation_failed", errors: [{ path: "title" }] });
    await valueFrom(saveDraft(doctor, { id, title: "Check-up", appointmentId: w.ids.visit }));
    expect(await valueFrom(signRecord(doctor, { id }))).toMatchObject({
      status: "signed",
      body: "First words",
      appointmentId: w.ids.visit,
    });
    expect(await saveDraft(doctor, { id, body: "x" })).toMatchObject({ code: "invalid_transition" });
    expect(await discardDraft(doctor, { id })).toMatchObject({ code: "invalid_transition" });
  });

  it("keeps each of many saves at once, or says that it did not", async () => {
    const { id } = await valueFrom(createDraft(doctor, { patientId, kind: "visit_note", title: "", body: "" }));
    const saves = await Promise.all(
      Array.from({ length: 8 }, (_, n) => saveDraft(doctor, { id, expectedVersion: 1, body: `${n}` })),
    );
    expect(saves.filter(({ ok }) => ok)).toHaveLength(1);
    const amended = await note();
    const amends = await Promise.all(
      Array.from({ length: 6 }, (_, n) => amendRecord(doctor, { id: amended.id, body: `${n}`, reason: "r" })),
    );
    expect(amends.map((result) => (result.ok ? result.value.revision : result.code)).sort()).toEqual([
      2, 3, 4, 5, 6, 7,
    ]);
  });

  it("shows a draft to its author alone, who may throw it away", async () => {
    await w.addVisit(patientId, w.ids.stranger, 40);
    const { id } = await valueFrom(createDraft(doctor, { patientId, kind: "visit_note", title: "Mine", body: "" }));
    for (const ctx of [stranger, ana, reader]) expect(await seenBy(ctx, id)).toBe("not_found");
    for (const ctx of [stranger]) expect(await signRecord(ctx, { id })).toMatchObject({ code: "not_found" });
    await valueFrom(discardDraft(doctor, { id }));
    expect(await seenBy(doctor, id)).toBe("not_found");
    await owner`delete from appointments where doctor_id = ${w.ids.stranger}`;
  });

  it("never overwrites what was signed: wordings are kept, with who changed them and why", async () => {
    const { id } = await note({ body: "Takes 5 mg daily." });
    const amended = await valueFrom(amendRecord(doctor, { id, body: "Takes 10 mg daily.", reason: "Misread" }));
    expect(amended).toMatchObject({
      status: "amended",
      revision: 2,
      title: "Cough",
      body: "Takes 10 mg daily.",
      amendReason: "Misread",
    });
    expect(await amendRecord(doctor, { id, kind: "result", body: "x" })).toMatchObject({ errors: [{ path: "kind" }] });
    const { items } = await valueFrom(recordVersions(doctor, { id }));
    expect(items.map(({ body, reason }) => [body, reason])).toEqual([
      ["Takes 5 mg daily.", null],
      ["Takes 10 mg daily.", "Misread"],
    ]);
    expect(differences(items[0]?.body ?? "", items[1]?.body ?? "")).toEqual([
      { text: "Takes ", change: "same" },
      { text: "5", change: "removed" },
      { text: "10", change: "added" },
      { text: " mg daily.", change: "same" },
    ]);
    // Neither by a verb that forgets, nor by the owner.
    const overwrite = (pg: { unsafe: typeof owner.unsafe }) =>
      pg.unsafe(`update record_versions set content_sealed = 'x' where record_id = '${id}'`);
    await expect(withActor(doctor, (tx) => overwrite(tx.pg as never) as unknown as Promise<unknown>)).rejects.toThrow(
      /never overwritten/,
    );
    await expect(overwrite(owner)).rejects.toThrow(/never overwritten/);
    await expect(owner`update medical_records set status = 'draft' where id = ${id}`).rejects.toThrow();
    await valueFrom(releaseRecord(doctor, { id }));
    expect((await valueFrom(recordVersions(ana, { id }))).items.map(({ revision }) => revision)).toEqual([2]);
  });

  it("is for doctors, of visits that are the patient's, and of patients they may read", async () => {
    const input = { patientId, kind: "visit_note" as const, title: "T", body: "B" };
    for (const ctx of [reception, admin, ana, w.anonymous])
      expect(await createRecord(ctx, input)).toMatchObject({ code: "forbidden" });
    expect(await createRecord(stranger, input)).toMatchObject({ code: "not_found" });
    expect(await createRecord(doctor, { ...input, patientId: w.ids.bo })).toEqual(
      await createRecord(doctor, { ...input, patientId: NOBODY }),
    );
    const others = await w.addVisit(w.ids.bo, w.ids.stranger, 50);
    expect(await createRecord(doctor, { ...input, appointmentId: others })).toMatchObject({
      errors: [{ path: "appointmentId" }],
    });
    expect(await createRecord(doctor, { ...input, draft: true, release: true })).toMatchObject({
      errors: [{ path: "release" }],
    });
    await owner`delete from appointments where id = ${others}`;
  });
});

describe("releasing", () => {
  it("lets the patient and who reads for them read it, until it is withheld or struck out; the reasons are the doctors'", async () => {
    const { id } = await note();
    for (const ctx of [ana, reader, viewer, w.bo]) expect(await seenBy(ctx, id)).toBe("not_found");
    const released = await valueFrom(releaseRecord(doctor, { id }));
    expect(released).toMatchObject({ release: "released", releasedAt: expect.any(String) });
    expect((await valueFrom(releaseRecord(doctor, { id }))).version).toBe(released.version);
    expect([await seenBy(ana, id), await seenBy(reader, id)]).toEqual(["seen", "seen"]);
    for (const ctx of [viewer, w.bo, stranger]) expect(await seenBy(ctx, id)).toBe("not_found");
    for (const ctx of [reception, admin, w.anonymous]) expect(await seenBy(ctx, id)).toBe("forbidden");
    expect(await withholdRecord(ana, { id, reason: "x" })).toMatchObject({ code: "forbidden" });
    expect(await valueFrom(withholdRecord(doctor, { id, reason: "Told in person first" }))).toMatchObject({
      release: "withheld",
      releasedAt: null,
      withheldReason: "Told in person first",
    });
    expect(await seenBy(ana, id)).toBe("not_found");
    await valueFrom(releaseRecord(doctor, { id }));
    const struck = await valueFrom(markInError(doctor, { id, reason: "Another patient's" }));
    expect(struck).toMatchObject({ status: "entered_in_error", errorReason: "Another patient's" });
    expect([await seenBy(ana, id), await seenBy(doctor, id)]).toEqual(["not_found", "seen"]);
    expect(await amendRecord(doctor, { id, body: "x" })).toMatchObject({ code: "invalid_transition" });
  });

  it("keeps both reasons where the key changed between them", async () => {
    const { id } = await note();
    await valueFrom(withholdRecord(doctor, { id, reason: "one" }));
    const { addPatientKey } = await import("@/lib/protection/patient-keys");
    await withActor(w.system, (tx) => addPatientKey(tx, patientId, 2));
    expect(await valueFrom(markInError(doctor, { id, reason: "two" }))).toMatchObject({
      withheldReason: "one",
      errorReason: "two",
    });
  });
});

describe("the timeline", () => {
  it("is filtered, searched and paged without losing or repeating any", async () => {
    const patient = await w.make.patient();
    await w.addVisit(patient.id, w.ids.treating, -2);
    for (let n = 0; n < 9; n++)
      await createRecord(doctor, {
        patientId: patient.id,
        kind: n % 3 ? "result" : "allergy",
        title: n % 2 ? `Blood count ${n}` : `Pénicilline ${n}`,
        body: "",
        occurredAt: `2026-0${n + 1}-01T10:00:00Z`,
        release: n < 4,
      });
    const list = async (ctx: Context, more: object = {}) => {
      const titles: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await valueFrom(listRecords(ctx, { patientId: patient.id, limit: 2, cursor, ...more }));
        titles.push(...page.items.map(({ title }) => title.slice(-1)));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return titles.join("");
    };
    expect(await list(doctor)).toBe("876543210");
    expect(await list(doctor, { kind: "allergy" })).toBe("630");
    expect(await list(doctor, { query: "penicilline" })).toBe("86420");
    expect(await list(doctor, { query: "count BLOOD", from: "2026-03-01", to: "2026-06-01" })).toBe("53");
    expect(await list(w.as(patient.actor))).toBe("3210");
    expect(await listRecords(stranger, { patientId: patient.id })).toEqual(
      await listRecords(stranger, { patientId: NOBODY }),
    );
    for (const ctx of [reception, admin])
      expect(await listRecords(ctx, { patientId: patient.id })).toMatchObject({ code: "forbidden" });
    expect(await listRecords(doctor, { patientId: patient.id, cursor: "WzFd" })).toMatchObject({
      code: "validation_failed",
    });
  });

  it("tells a visit's page of allergies, warnings, medications and problems that still hold", async () => {
    const patient = await w.make.patient();
    await w.addVisit(patient.id, w.ids.treating, 3);
    const add = (kind: "allergy" | "medication" | "diagnosis" | "visit_note", title: string, more: object = {}) =>
      valueFrom(createRecord(doctor, { patientId: patient.id, kind, title, body: "", ...more }));
    await add("allergy", "Penicillin");
    const asthma = await add("diagnosis", "Asthma", {
      coding: { system: "icd-10", code: "J45.9", display: "Asthma, unspecified" },
    });
    await add("medication", "Salbutamol");
    await add("visit_note", "Falls easily", { isWarning: true });
    await add("visit_note", "Check-up");
    await add("allergy", "A draft", { draft: true });
    const titles = async () => {
      const { allergies, warnings, medications, problems } = await valueFrom(
        patientSummary(doctor, { patientId: patient.id }),
      );
      return [allergies, warnings, medications, problems].map((records) => records.map(({ title }) => title).join());
    };
    expect(await titles()).toEqual(["Penicillin", "Falls easily", "Salbutamol", "Asthma"]);
    expect(asthma.coding).toEqual({ system: "icd-10", code: "J45.9", display: "Asthma, unspecified" });
    await valueFrom(resolveRecord(doctor, { id: asthma.id, resolved: true }));
    expect((await titles())[3]).toBe("");
    await valueFrom(resolveRecord(doctor, { id: asthma.id, resolved: false }));
    expect((await titles())[3]).toBe("Asthma");
    expect(await patientSummary(stranger, { patientId: patient.id })).toMatchObject({ code: "not_found" });
  });
});

describe("templates", () => {
  it("are kept by doctors and admins, for a service or for all", async () => {
    const made = await valueFrom(
      createTemplate(doctor, { name: "Check-up", serviceId: w.ids.serviceId, title: "Check-up", body: "S:\nO:\n" }),
    );
    const general = await valueFrom(createTemplate(admin, { name: "Any", title: "Note", body: "…" }));
    const other = await w.make.service();
    const ids = async (serviceId?: string) =>
      (await valueFrom(listTemplates(doctor, { serviceId }))).items.map(({ id }) => id);
    expect(await ids(w.ids.serviceId)).toEqual([general.id, made.id]);
    expect(await ids(other)).toEqual([general.id]);
    expect(await updateTemplate(doctor, { id: made.id, expectedVersion: 9, name: "x" })).toMatchObject({
      code: "version_conflict",
    });
    expect(await valueFrom(updateTemplate(doctor, { id: made.id, active: false }))).toMatchObject({
      active: false,
      version: 2,
    });
    expect(await ids(w.ids.serviceId)).toEqual([general.id]);
    expect(await createTemplate(doctor, { name: "x", serviceId: NOBODY, title: "x", body: "x" })).toMatchObject({
      errors: [{ path: "serviceId" }],
    });
    for (const ctx of [reception, ana, w.anonymous])
      expect(await listTemplates(ctx, {})).toMatchObject({ code: "forbidden" });
  });
});
