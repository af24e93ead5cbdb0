import { expect, it } from "vitest";
import { createPatient } from "@/lib/patients/create-patient";
import { updatePatient } from "@/lib/patients/update-patient";
import { testDb } from "@/tests/support/db";
import { peopleOf } from "@/tests/support/people";
import { accessTable } from "./list-access-events";
import { auditTable } from "./list-audit-events";

const { db, owner } = await testDb();
const people = peopleOf(db, owner, new Date("2026-03-02T12:00:00Z"));
const [admin, reception, doctor] = [
  await people.staff("admin"),
  await people.staff("receptionist"),
  await people.doctor(),
];
const made = await createPatient(reception, { givenName: "Nuno", familyName: "Sá_Lima" });
if (!made.ok) throw new Error(made.code);
await updatePatient(reception, { id: made.value.id, locale: "pt" });
const page = { page: 1, size: 50 };
const changes = async (filters: Parameters<typeof auditTable>[1]) => {
  const found = await auditTable(admin, filters);
  if (!found.ok) throw new Error(found.code);
  return found.value;
};

it("finds changes by who made them, whose data it was, and the request", async () => {
  const { recordNumber } = made.value;
  expect((await changes({ ...page, whose: "nuno sá_" })).total).toBe(3);
  expect((await changes({ ...page, whose: "nuno sáx" })).total).toBe(0);
  expect((await changes({ ...page, whose: recordNumber ?? "" })).total).toBe(3);
  expect((await changes({ ...page, whose: made.value.id, who: "a RECEPTION" })).total).toBe(3);
  expect((await changes({ ...page, whose: made.value.id, who: "nobody" })).total).toBe(0);
  const { items } = await changes({ ...page, requestId: reception.requestId, operation: "update" });
  expect(items).toMatchObject([{ rowId: made.value.id, requestId: reception.requestId }]);
});

it("shows admins who read whose records, and nobody else", async () => {
  const userId = doctor.actor.kind === "user" ? doctor.actor.userId : null;
  for (const [what, access] of [
    ["break_glass_opened", "break_glass"],
    ["record", "break_glass"],
    ["list", "treating"],
  ])
    await owner`insert into access_log (patient_id, user_id, role, what, access, request_id)
      values (${made.value.id}, ${userId}, 'doctor', ${what as string}, ${access as string}, 'r1')`;
  for (const ctx of [people.anonymous, reception, doctor, await people.patient()])
    expect(await accessTable(ctx, page)).toMatchObject({ code: "forbidden" });
  const seen = await accessTable(admin, { ...page, whose: "nuno", access: "break_glass" });
  expect(seen).toMatchObject({
    ok: true,
    value: {
      total: 2,
      items: [
        { what: "record", reader: { userId, name: "A doctor" }, patient: { name: "Nuno Sá_Lima" } },
        { what: "break_glass_opened" },
      ],
    },
  });
  expect(await accessTable(admin, { ...page, requestId: "r1", to: "2001-01-01T00:00:00Z" })).toMatchObject({
    value: { total: 0 },
  });
  expect(await accessTable(admin, { ...page, who: "a doctor", what: "list" })).toMatchObject({ value: { total: 1 } });
});
