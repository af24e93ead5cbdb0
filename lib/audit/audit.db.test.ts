import { expect, it } from "vitest";
import { createPatient } from "@/lib/patients/create-patient";
import { updatePatient } from "@/lib/patients/update-patient";
import { testDb } from "@/tests/support/db";
import { peopleOf } from "@/tests/support/people";
import { listAuditEvents } from "./list-audit-events";

const { db, owner } = await testDb();
const people = peopleOf(db, owner, new Date("2026-03-02T12:00:00Z"));

const valueFrom = async <T>(result: Promise<{ ok: true; value: T } | { ok: false; code: string }>): Promise<T> => {
  const got = await result;
  if (!got.ok) throw new Error(got.code);
  return got.value;
};

it("is read by admins, filtered and paged, without the values of protected columns", async () => {
  const [admin, reception, doctor] = [
    await people.staff("admin"),
    await people.staff("receptionist"),
    await people.doctor(),
  ];
  const kept = await valueFrom(createPatient(reception, { givenName: "Canary", familyName: "Person" }));
  await updatePatient(reception, { id: kept.id, familyName: "Changed", locale: "pt" });
  const only = { patientId: kept.id, table: "patients" };
  for (const ctx of [people.anonymous, reception, doctor, await people.patient()]) {
    expect(await listAuditEvents(ctx, only)).toMatchObject({ code: "forbidden" });
  }
  const { items } = await valueFrom(listAuditEvents(admin, only));
  expect(items).toMatchObject([
    {
      table: "patients",
      operation: "update",
      rowId: kept.id,
      actor: { kind: "user", userId: reception.actor.kind === "user" && reception.actor.userId, role: "receptionist" },
      changes: { family_name: "protected", locale: ["en", "pt"] },
      requestId: reception.requestId,
    },
    { operation: "insert", changes: null },
  ]);
  const first = await valueFrom(listAuditEvents(admin, { ...only, limit: 1 }));
  const second = await valueFrom(listAuditEvents(admin, { ...only, limit: 1, cursor: first.nextCursor ?? "" }));
  expect([...first.items, ...second.items]).toEqual(items);
  expect(second.nextCursor).toBeNull();
  const since = { ...only, from: "2001-01-01T00:00:00Z" };
  const latest = await valueFrom(listAuditEvents(admin, { ...since, limit: 1 }));
  const before = await valueFrom(listAuditEvents(admin, { ...since, limit: 1, cursor: latest.nextCursor ?? "" }));
  expect([...latest.items, ...before.items]).toEqual(items);
  expect(before.nextCursor).toBeNull();
  expect((await valueFrom(listAuditEvents(admin, { ...only, operation: "insert" }))).items).toHaveLength(1);
  expect((await valueFrom(listAuditEvents(admin, { ...only, to: "2001-01-01T00:00:00Z" }))).items).toEqual([]);
  expect(await listAuditEvents(admin, { cursor: "x" })).toMatchObject({ code: "validation_failed" });
});
