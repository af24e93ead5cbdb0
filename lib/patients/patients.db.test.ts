import { beforeAll, describe, expect, it } from "vitest";
import { withActor } from "@/db/client";
import { patients } from "@/db/schema";
import { listAuditEvents } from "@/lib/audit/list-audit-events";
import type { Context } from "@/lib/platform/context";
import { testDb } from "@/tests/support/db";
import { peopleOf } from "@/tests/support/people";
import { addChild } from "./add-child";
import { createPatient } from "./create-patient";
import { grantProxy } from "./grant-proxy";
import { listProxies } from "./proxies";
import { getPatient, listPatients, representedPatients } from "./queries";
import { revokeProxy } from "./revoke-proxy";
import { createPatientInput, updatePatientBody } from "./schemas";
import { updatePatient } from "./update-patient";

const { db, owner } = await testDb();
const now = new Date("2026-03-02T12:00:00Z");
const people = peopleOf(db, owner, now);
const NOBODY = "00000000-0000-4000-8000-000000000000";

let admin: Context;
let reception: Context;
let doctor: Context;
beforeAll(async () => {
  [admin, reception, doctor] = await Promise.all([
    people.staff("admin"),
    people.staff("receptionist"),
    people.doctor(),
  ]);
});

const valueFrom = async <T>(result: Promise<{ ok: true; value: T } | { ok: false; code: string }>): Promise<T> => {
  const got = await result;
  if (!got.ok) throw new Error(got.code);
  return got.value;
};
const patientIdOf = ({ actor }: Context) => (actor.kind === "user" && actor.patientId) || "";
const userIdOf = ({ actor }: Context) => (actor.kind === "user" ? actor.userId : "");
const person = (givenName: string, familyName: string, more: object = {}) =>
  valueFrom(createPatient(reception, { givenName, familyName, ...more }));

describe("registering", () => {
  it("lets staff register, and points at who may be the same person", async () => {
    const first = await person("Maria", "Lopes", { dateOfBirth: "1970-01-02", phone: "+351 912 345 678", email: null });
    expect(first).toMatchObject({
      name: "Maria Lopes",
      phone: "+351912345678",
      sex: "unknown",
      locale: "en",
      version: 1,
    });
    expect(first.recordNumber).toMatch(/^P-\d{6}$/);
    expect(first.possibleDuplicates).toEqual([]);
    const again = await person("lopes", "maria", { dateOfBirth: "1970-01-02" });
    expect(again.possibleDuplicates.map(({ id }) => id)).toEqual([first.id]);
    const twin = await person("Joana", "Silva", { dateOfBirth: "1970-01-02" });
    expect(twin.possibleDuplicates).toEqual([]);
  });

  it("refuses others, and fields that are not right, by their path", async () => {
    const input = { givenName: "A", familyName: "B" };
    for (const ctx of [people.anonymous, await people.patient()]) {
      expect(await createPatient(ctx, input)).toMatchObject({ code: "forbidden" });
    }
    expect(await createPatient(doctor, { ...input, phone: "12", dateOfBirth: "2026-03-05" })).toMatchObject({
      code: "validation_failed",
      errors: [{ path: "phone" }, { path: "dateOfBirth" }],
    });
    for (const bad of [
      { dateOfBirth: "1984-02-30" },
      { sex: "x" },
      { userId: NOBODY },
      { givenName: " " },
      { email: "a@" },
    ]) {
      expect(createPatientInput.safeParse({ ...input, ...bad }).success).toBe(false);
    }
    expect(updatePatientBody.safeParse({ recordNumber: "P-1" }).success).toBe(false);
  });
});

describe("seeing and changing", () => {
  it("shows patients themselves and nobody else: by the verbs, and by row-level security alone", async () => {
    const [ana, bea] = [await people.patient(), await people.patient({ givenName: "Bea" })];
    expect(await getPatient(ana, { id: patientIdOf(ana) })).toMatchObject({ ok: true });
    expect(await getPatient(ana, { id: patientIdOf(bea) })).toEqual(await getPatient(ana, { id: NOBODY }));
    const found = async (query: string) => (await valueFrom(listPatients(ana, { query }))).items.map(({ id }) => id);
    expect(await found("bea")).toEqual([]);
    for (const query of ["ana", "PRADO ana", "1984-03-09", " "]) expect(await found(query)).toEqual([patientIdOf(ana)]);
    expect(await found("%")).toEqual([]);
    expect(await listPatients(people.anonymous, {})).toMatchObject({ code: "forbidden" });
    const seen = (ctx: Context) => withActor(ctx, (tx) => tx.db.select({ id: patients.id }).from(patients));
    expect(await seen(ana)).toEqual([{ id: patientIdOf(ana) }]);
    expect(await seen(people.anonymous)).toEqual([]);
    expect(await db.orm.select().from(patients)).toEqual([]);
    const searched = await withActor(ana, (tx) =>
      tx.db.execute(
        "select * from search_patients('{bea}', null, null, null, null, '{}', null, null, null, null, null, null, null, null, 10)",
      ),
    );
    expect([...searched]).toEqual([]);
    const hijack = withActor(ana, (tx) =>
      tx.db.update(patients).set({ familyName: "Taken" }).returning({ id: patients.id }),
    );
    expect(await hijack).toEqual([{ id: patientIdOf(ana) }]);
  });

  it("lets patients change how they are reached and staff change everything", async () => {
    const [ana, bea] = [await people.patient(), await people.patient()];
    const id = patientIdOf(ana);
    expect(await updatePatient(ana, { id, expectedVersion: 1, phone: "+12125550100" })).toMatchObject({
      ok: true,
      value: { phone: "+12125550100", version: 2 },
    });
    expect(await updatePatient(ana, { id, familyName: "Other" })).toMatchObject({ code: "forbidden" });
    expect(await updatePatient(ana, { id: patientIdOf(bea), phone: null })).toMatchObject({ code: "not_found" });
    expect(await updatePatient(people.anonymous, { id, phone: null })).toMatchObject({ code: "forbidden" });
    expect(await updatePatient(reception, { id, expectedVersion: 1, familyName: "Other" })).toMatchObject({
      code: "version_conflict",
    });
    expect(await updatePatient(doctor, { id, familyName: "Other", phone: null })).toMatchObject({
      ok: true,
      value: { name: "Ana Other", phone: null },
    });
    expect(await updatePatient(admin, { id: NOBODY, phone: null })).toMatchObject({ code: "not_found" });
  });
});

describe("searching", () => {
  const names = async (query: string, ctx = reception) =>
    (await valueFrom(listPatients(ctx, { query }))).items.map(({ name }) => name);

  it("finds by beginnings of names in any order, the likest first", async () => {
    await person("Zelda", "Quint");
    await person("Zelda Maria", "Quintanilha");
    await person("Rui", "Quint");
    expect(await names("quint zel")).toEqual(["Zelda Quint", "Zelda Maria Quintanilha"]);
    expect(await names("QUINT", doctor)).toEqual(["Rui Quint", "Zelda Quint", "Zelda Maria Quintanilha"]);
    expect(await names("inta")).not.toContain("Zelda Maria Quintanilha");
  });

  it("forgives a missing accent or a slip where nothing fits", async () => {
    await person("Léonie", "Brûlé");
    expect(await names("leonie brule")).toContain("Léonie Brûlé");
    expect(await names("xqzvw")).toEqual([]);
  });

  it("finds by birthday, phone, address and record number, alone or beside a name", async () => {
    const { recordNumber, name } = await person("Igor", "Xavier", {
      dateOfBirth: "1951-11-30",
      phone: "+44 20 7946 0958",
      email: "Igor.X@mail.test",
    });
    await person("Ivo", "Xavier", { dateOfBirth: "1951-12-30" });
    const queries = [
      "30/11/1951",
      "30111951",
      "020 7946 0958",
      "7946 0958",
      "0958",
      "+442079460958",
      "igor.x@mail.test",
      "IGOR.X@",
      recordNumber,
      "xavier 1951-11-30",
    ];
    for (const query of [...queries, recordNumber.toLowerCase(), `xav ${recordNumber}`])
      expect(await names(query), query).toEqual([name]);
    for (const query of ["smith 30/11/1951", "946095", "@mail.test", "igor.x@mail"])
      expect(await names(query)).toEqual([]);
  });

  it("pages without losing or repeating anybody, with a query and without", async () => {
    for (let i = 0; i < 7; i++) await person(i % 2 ? "Uma" : "Una", "Pageable");
    for (const query of ["pageable", undefined]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await valueFrom(listPatients(reception, { query, limit: 3, cursor }));
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      const [all] =
        await owner`select count(*)::int as n from patients where ${query ?? null}::text is null or family_name = 'Pageable'`;
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(all?.n);
    }
    expect(await listPatients(reception, { query: "pageable", cursor: "WzFd" })).toMatchObject({
      code: "validation_failed",
    });
  });

  it("goes through the indexes, as policies stand aside in the function", async () => {
    await owner`insert into patients (id, given_name, family_name) select gen_random_uuid(), md5(i::text), md5((i + 1)::text) from generate_series(1, 20000) i`;
    await owner`analyze patients`;
    const before = await owner`select idx_scan from pg_stat_user_indexes where indexrelname = 'patients_name_search'`;
    await names("zelda quint");
    await expect
      .poll(
        async () => {
          const [after] =
            await owner`select pg_stat_clear_snapshot(), idx_scan from pg_stat_user_indexes where indexrelname = 'patients_name_search'`;
          return Number(after?.idx_scan) - Number(before[0]?.idx_scan);
        },
        { interval: 250 },
      )
      .toBeGreaterThan(0);
  });
});

describe("acting for others", () => {
  it("registers a child with its parent's grant, told of in the audit log", async () => {
    const [parent, stranger] = [await people.patient(), await people.patient()];
    await updatePatient(parent, { id: patientIdOf(parent), phone: "+12125550100" });
    const input = { givenName: "Kim", familyName: "Prado", dateOfBirth: "2020-05-06" };
    const child = await valueFrom(addChild(parent, input));
    expect(child).toMatchObject({ name: "Kim Prado", phone: "+12125550100" });
    expect(await representedPatients(parent)).toMatchObject([
      { id: patientIdOf(parent), relationship: "self" },
      { id: child.id, relationship: "parent", capabilities: ["view", "book", "cancel", "records"] },
    ]);
    expect(await valueFrom(listProxies(parent, { patientId: child.id }))).toMatchObject({
      items: [{ userId: userIdOf(parent), validUntil: "2038-05-06T00:00:00.000Z" }],
    });
    const events = await valueFrom(listAuditEvents(admin, { patientId: child.id, userId: userIdOf(parent) }));
    expect(events.items.map(({ table, operation }) => `${operation} ${table}`)).toEqual([
      "insert patient_proxies",
      "insert patients",
      "insert data_keys",
    ]);
    expect(await getPatient(stranger, { id: child.id })).toMatchObject({ code: "not_found" });

    expect(await addChild(parent, { ...input, dateOfBirth: "2008-03-02" })).toMatchObject({
      code: "validation_failed",
      errors: [{ path: "dateOfBirth" }],
    });
    for (const ctx of [people.anonymous, reception, doctor]) {
      expect(await addChild(ctx, input)).toMatchObject({ code: "forbidden" });
    }
  });

  it("grants as far as it is told, by whom it may, and ends at once", async () => {
    const [ana, friend, stranger] = [
      await people.patient(),
      await people.patient({ email: "friend@x.test" }),
      await people.patient(),
    ];
    const patientId = patientIdOf(ana);
    const input = {
      patientId,
      email: "Friend@x.test",
      relationship: "partner" as const,
      capabilities: ["view" as const],
    };
    for (const ctx of [people.anonymous, doctor])
      expect(await grantProxy(ctx, input)).toMatchObject({ code: "forbidden" });
    expect(await grantProxy(stranger, input)).toMatchObject({ code: "not_found" });
    expect(await grantProxy(ana, { ...input, email: "nobody@x.test" })).toMatchObject({
      code: "validation_failed",
      errors: [{ path: "email" }],
    });
    const grant = await valueFrom(grantProxy(ana, input));
    expect(grant).toMatchObject({ userId: userIdOf(friend), capabilities: ["view"], email: "friend@x.test" });
    expect(await getPatient(friend, { id: patientId })).toMatchObject({ ok: true });
    // Seeing is not booking: how she is reached is not his to change.
    expect(await updatePatient(friend, { id: patientId, phone: null })).toMatchObject({ code: "forbidden" });
    await valueFrom(grantProxy(reception, { ...input, capabilities: ["book"] }));
    expect(await updatePatient(friend, { id: patientId, address: "Quay" })).toMatchObject({ ok: true });
    const { items } = await valueFrom(listProxies(ana, { patientId }));
    expect(items).toMatchObject([{ capabilities: ["view", "book"], name: "A patient" }]);

    const id = items[0]?.id ?? "";
    expect(await revokeProxy(stranger, { id })).toMatchObject({ code: "not_found" });
    expect(await revokeProxy(doctor, { id })).toMatchObject({ code: "not_found" });
    expect(await revokeProxy(ana, { id })).toMatchObject({ ok: true });
    expect(await getPatient(friend, { id: patientId })).toMatchObject({ code: "not_found" });
    expect(await listProxies(friend, { patientId })).toMatchObject({ code: "not_found" });
  });

  it("keeps one parent's grant out of another's hands", async () => {
    const [one, two] = [await people.patient(), await people.patient({ email: "two@x.test" })];
    const child = await valueFrom(addChild(one, { givenName: "Leo", familyName: "P", dateOfBirth: "2019-01-01" }));
    const input = {
      patientId: child.id,
      email: "two@x.test",
      relationship: "parent" as const,
      capabilities: ["book" as const],
    };
    expect(await grantProxy(one, input)).toMatchObject({ code: "forbidden" });
    await valueFrom(grantProxy(reception, input));
    const { items } = await valueFrom(listProxies(reception, { patientId: child.id }));
    expect(items).toHaveLength(2);
    expect((await valueFrom(listProxies(two, { patientId: child.id }))).items).toMatchObject([
      { userId: userIdOf(two) },
    ]);
    const first = items.find(({ userId }) => userId === userIdOf(one));
    expect(await revokeProxy(two, { id: first?.id ?? "" })).toMatchObject({ code: "not_found" });
    expect(await getPatient(one, { id: child.id })).toMatchObject({ ok: true });
  });
});
