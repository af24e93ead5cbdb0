import { beforeAll, expect, it } from "vitest";
import { createLocation } from "@/lib/clinic/create-location";
import { createService } from "@/lib/clinic/create-service";
import type { Context } from "@/lib/platform/context";
import { testDb } from "@/tests/support/db";
import { peopleOf } from "@/tests/support/people";
import { createDoctor } from "./create-doctor";
import { createException } from "./create-exception";
import { deleteException } from "./delete-exception";
import { putSchedule } from "./put-schedule";
import { getDoctor, getSchedule, listDoctors, listExceptions } from "./queries";
import { createDoctorInput, createExceptionBody, putScheduleBody } from "./schemas";
import { updateDoctor } from "./update-doctor";

const { db, owner } = await testDb();
const people = peopleOf(db, owner, new Date("2026-03-02T12:00:00Z"));
const NOBODY = "00000000-0000-4000-8000-000000000000";

let admin: Context;
let reception: Context;
let self: Context;
let patient: Context;
let doctorId: string;
let york: string;
let kolkata: string;
let visit: string;
let other: string;

const valueFrom = async <T>(result: Promise<{ ok: true; value: T } | { ok: false; code: string }>): Promise<T> => {
  const got = await result;
  if (!got.ok) throw new Error(got.code);
  return got.value;
};
const rule = (more: object = {}) => ({ locationId: york, weekday: 1, start: "09:00", end: "12:00", ...more });

beforeAll(async () => {
  [admin, reception, self, patient] = await Promise.all([
    people.staff("admin"),
    people.staff("receptionist"),
    people.doctor(),
    people.patient(),
  ]);
  doctorId = (self.actor.kind === "user" && self.actor.doctorId) || "";
  const place = async (name: string, timeZone: string) =>
    (await valueFrom(createLocation(admin, { name, timeZone }))).id;
  york = await place("York", "America/New_York");
  kolkata = await place("Kolkata", "Asia/Kolkata");
  const service = async (name: string) =>
    (await valueFrom(createService(admin, { name, durationMinutes: 30, modality: "in_person" }))).id;
  visit = await service("Visit");
  other = await service("Other");
  await valueFrom(updateDoctor(admin, { id: doctorId, serviceIds: [visit], locationIds: [york] }));
});

it("adds a doctor with an account and an invitation, or nothing at all", async () => {
  const input = { name: "Dr. New", email: "new@clinic.test", serviceIds: [visit], locationIds: [york, kolkata] };
  const made = await valueFrom(createDoctor(admin, { ...input, specialty: "" }));
  expect(made).toMatchObject({ name: "Dr. New", specialty: null, serviceIds: [visit], email: "new@clinic.test" });
  expect(made.locationIds.toSorted()).toEqual([york, kolkata].toSorted());
  const [account] =
    await owner`select u.role, u.password_hash, o.topic from users u join outbox o on o.payload->>'userId' = u.id::text
    where u.email = 'new@clinic.test'`;
  expect(account).toEqual({ role: "doctor", password_hash: null, topic: "account.invited" });

  const taken = await createDoctor(admin, { ...input, email: "NEW@clinic.test" });
  expect(taken).toMatchObject({ code: "conflict", errors: [{ path: "email" }] });
  const unknown = await createDoctor(admin, {
    ...input,
    email: "x@clinic.test",
    serviceIds: [NOBODY],
    locationIds: [york, NOBODY],
  });
  expect(unknown).toMatchObject({
    code: "validation_failed",
    errors: [{ path: "serviceIds.0" }, { path: "locationIds.1" }],
  });
  const [left] = await owner`select count(*)::int as n from users where email = 'x@clinic.test'`;
  expect(left?.n).toBe(0);
  for (const ctx of [people.anonymous, patient, self, reception]) {
    expect(await createDoctor(ctx, { ...input, email: "y@clinic.test" })).toMatchObject({ code: "forbidden" });
    expect(await updateDoctor(ctx, { id: doctorId, name: "Mine" })).toMatchObject({ code: "forbidden" });
  }
  expect(createDoctorInput.safeParse({ ...input, userId: NOBODY }).success).toBe(false);
});

it("changes a doctor, invites one who had no account, and asks a new address to be proven", async () => {
  const [imported] =
    await owner`insert into doctors (id, name) values (gen_random_uuid(), 'Dr. Imported') returning id`;
  const id: string = imported?.id;
  expect(await updateDoctor(admin, { id, expectedVersion: 1, email: "imported@clinic.test" })).toMatchObject({
    ok: true,
    value: { email: "imported@clinic.test", version: 2 },
  });
  await owner`update users set email_verified_at = now(), password_hash = 'x' where email = 'imported@clinic.test'`;
  await valueFrom(updateDoctor(admin, { id, email: "moved@clinic.test", name: "Dr. Moved" }));
  const [account] = await owner`select display_name, email_verified_at from users where email = 'moved@clinic.test'`;
  expect(account).toEqual({ display_name: "Dr. Moved", email_verified_at: null });
  const topics =
    await owner`select topic from outbox where payload->>'userId' = (select user_id::text from doctors where id = ${id}) order by id`;
  expect(topics.map(({ topic }) => topic)).toEqual(["account.invited", "account.verification_requested"]);

  expect(await updateDoctor(admin, { id, expectedVersion: 1, name: "Late" })).toMatchObject({
    code: "version_conflict",
  });
  expect(await updateDoctor(admin, { id, email: "new@clinic.test" })).toMatchObject({
    code: "conflict",
    errors: [{ path: "email" }],
  });
  expect(await updateDoctor(admin, { id: NOBODY, name: "No" })).toMatchObject({ code: "not_found" });
});

it("shows active doctors to anybody, by service and place, and addresses to admins only", async () => {
  const [gone] =
    await owner`insert into doctors (id, name, active) values (gen_random_uuid(), 'Dr. Gone', false) returning id`;
  const ids = async (filter: object, ctx = people.anonymous) =>
    (await valueFrom(listDoctors(ctx, { state: "active", limit: 100, ...filter }))).items.map(({ id }) => id);
  expect(await ids({})).not.toContain(gone?.id);
  expect(await ids({ state: "all" }, reception)).toContain(gone?.id);
  expect(await ids({ serviceId: visit })).toContain(doctorId);
  expect(await ids({ serviceId: other })).toEqual([]);
  expect(await ids({ serviceId: visit, locationId: kolkata })).not.toContain(doctorId);
  expect(await getDoctor(people.anonymous, { id: gone?.id })).toMatchObject({ code: "not_found" });
  expect(await valueFrom(getDoctor(people.anonymous, { id: doctorId }))).not.toHaveProperty("email");
  expect(await valueFrom(getDoctor(admin, { id: doctorId }))).toHaveProperty("email", expect.stringContaining("@"));
});

it("replaces the week for the doctor, reception and admins, and gives it back as it can be sent again", async () => {
  const rules = [
    rule({ weekday: 5, start: "22:00", end: "24:00", validFrom: "2026-02-28", validUntil: null, serviceIds: [visit] }),
    rule(),
  ];
  const first = await valueFrom(putSchedule(self, { doctorId, rules }));
  expect(first.rules).toMatchObject([
    { weekday: 1, start: "09:00", end: "12:00", timeZone: "America/New_York", serviceIds: null, validFrom: null },
    { weekday: 5, start: "22:00", end: "24:00", validFrom: "2026-02-28", serviceIds: [visit] },
  ]);
  const again = putScheduleBody.parse({ rules: first.rules });
  const second = await valueFrom(
    putSchedule(reception, { doctorId, expectedVersion: first.version, rules: again.rules }),
  );
  expect(second).toEqual({ rules: first.rules, version: first.version + 1 });
  expect(await putSchedule(admin, { doctorId, expectedVersion: first.version, rules: [] })).toMatchObject({
    code: "version_conflict",
  });
  expect(await getSchedule(await people.doctor(), { doctorId })).toMatchObject({ ok: true, value: second });
});

it("refuses hours by their path, and everybody who may not keep them", async () => {
  const put = (...rules: ReturnType<typeof rule>[]) => putSchedule(self, { doctorId, rules });
  const at = (path: string) => ({ code: "validation_failed", errors: [{ path }] });
  expect(await put(rule({ end: "09:00" }))).toMatchObject(at("rules.0.end"));
  expect(await put(rule(), rule({ start: "11:30", end: "13:00" }))).toMatchObject(at("rules.1.start"));
  expect(await put(rule({ validUntil: "2026-06-30" }), rule({ validFrom: "2026-07-01" }))).toMatchObject({ ok: true });
  expect(await put(rule({ locationId: kolkata }))).toMatchObject(at("rules.0.locationId"));
  expect(await put(rule({ serviceIds: [visit, other] }))).toMatchObject(at("rules.0.serviceIds.1"));
  expect(await put(rule({ timeZone: "Asia/Kolkata" }))).toMatchObject(at("rules.0.timeZone"));
  for (const bad of [
    { weekday: 0 },
    { start: "9:00" },
    { end: "24:30" },
    { validFrom: "2026-02-30" },
    { id: NOBODY },
  ]) {
    expect(putScheduleBody.safeParse({ rules: [rule(bad)] }).success).toBe(false);
  }
  for (const ctx of [people.anonymous, patient, await people.doctor()]) {
    expect(await putSchedule(ctx, { doctorId, rules: [] })).toMatchObject({ code: "forbidden" });
    expect(
      await createException(ctx, { doctorId, kind: "leave", from: "2026-05-01T09:00", to: "2026-05-01T10:00" }),
    ).toMatchObject({ code: "forbidden" });
  }
  expect(await getSchedule(patient, { doctorId })).toMatchObject({ code: "forbidden" });
  expect(await putSchedule(admin, { doctorId: NOBODY, rules: [] })).toMatchObject({ code: "not_found" });
  const leaving = await updateDoctor(admin, { id: doctorId, locationIds: [kolkata] });
  expect(leaving).toMatchObject({ code: "conflict", errors: [{ path: "locationIds" }] });
});

it("names the visits that fall into a leave, and only those", async () => {
  const patientId = patient.actor.kind === "user" ? patient.actor.patientId : null;
  const book = async (from: string, to: string, status = "booked") => {
    const span = `[${from},${to})`;
    const [row] =
      await owner`insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy, reason, cancelled_at)
      values (gen_random_uuid(), ${from}, ${status}, ${visit}, ${doctorId}, ${york}, ${patientId}, ${span}, ${span}, 'CANARY', ${status === "cancelled" ? from : null})
      returning id`;
    return row?.id;
  };
  const inside = await book("2026-05-01T13:00:00Z", "2026-05-01T13:30:00Z");
  await book("2026-05-01T14:00:00Z", "2026-05-01T14:30:00Z", "cancelled");
  await book("2026-05-01T12:30:00Z", "2026-05-01T13:00:00Z");
  // 09:00 in New York is 13:00Z in May.
  const input = { doctorId, kind: "leave" as const, from: "2026-05-01T09:00", to: "2026-05-01T11:00", reason: "Rest" };
  const leave = await valueFrom(createException(reception, input));
  expect(leave).toMatchObject({ from: "2026-05-01T13:00:00.000Z", to: "2026-05-01T15:00:00.000Z", locationId: null });
  expect(leave.affectedAppointments).toMatchObject([
    { id: inside, start: "2026-05-01T13:00:00.000Z", patient: { id: patientId, name: "Ana Prado" }, reason: null },
  ]);
  const byDoctor = await valueFrom(
    createException(self, { ...input, from: "2026-05-01T13:15:00Z", to: "2026-05-01T13:20:00Z" }),
  );
  expect(byDoctor.affectedAppointments).toMatchObject([{ id: inside, reason: "CANARY" }]);

  const listed = await valueFrom(listExceptions(self, { doctorId, limit: 1 }));
  expect(listed.items).toMatchObject([{ id: leave.id, reason: "Rest" }]);
  const rest = await valueFrom(listExceptions(self, { doctorId, cursor: listed.nextCursor ?? "" }));
  expect(rest.items.map(({ id }) => id)).toEqual([byDoctor.id]);
  const foreign = await people.doctor();
  expect(await deleteException(foreign, { doctorId, id: leave.id })).toMatchObject({ code: "forbidden" });
  expect(await deleteException(self, { doctorId, id: leave.id })).toMatchObject({ ok: true });
  expect(await deleteException(self, { doctorId, id: leave.id })).toMatchObject({ code: "not_found" });
});

it("refuses exceptions that end before they start, at no place, or on a clock nobody named", async () => {
  const day = { doctorId, kind: "extra" as const, locationId: york, from: "2026-05-02T09:00", to: "2026-05-02T12:00" };
  const at = (path: string) => ({ code: "validation_failed", errors: [{ path }] });
  expect(await createException(self, day)).toMatchObject({ ok: true, value: { affectedAppointments: [] } });
  expect(await createException(self, { ...day, to: day.from })).toMatchObject(at("to"));
  expect(await createException(self, { ...day, locationId: null })).toMatchObject(at("locationId"));
  expect(await createException(self, { ...day, locationId: kolkata })).toMatchObject(at("locationId"));
  expect(await createException(self, { ...day, from: "2026-02-30T09:00" })).toMatchObject(at("from"));
  await valueFrom(updateDoctor(admin, { id: doctorId, locationIds: [york, kolkata] }));
  const leave = { doctorId, kind: "leave" as const, from: "2026-05-02T09:00", to: "2026-05-02T12:00" };
  expect(await createException(self, leave)).toMatchObject(at("from"));
  for (const from of ["2026-05-02T09:00:00", "tomorrow", "2026-02-30"]) {
    expect(createExceptionBody.safeParse({ kind: "leave", from, to: from }).success).toBe(false);
  }
});

it("takes dates for whole days, both included, by the clock of each place that is left", async () => {
  await valueFrom(updateDoctor(admin, { id: doctorId, locationIds: [york, kolkata] }));
  const days = { doctorId, kind: "leave" as const, from: "2026-05-04", to: "2026-05-05" };
  const span = ({ from, to }: { from: string; to: string }) => [from, to];
  expect(span(await valueFrom(createException(self, { ...days, locationId: york })))).toEqual([
    "2026-05-04T04:00:00.000Z",
    "2026-05-06T04:00:00.000Z",
  ]);
  // Days begin first in Kolkata and end last in New York.
  expect(span(await valueFrom(createException(self, days)))).toEqual([
    "2026-05-03T18:30:00.000Z",
    "2026-05-06T04:00:00.000Z",
  ]);
  const oneDay = { ...days, kind: "extra" as const, locationId: york, from: "2026-05-09", to: "2026-05-09" };
  expect(span(await valueFrom(createException(self, oneDay)))).toEqual([
    "2026-05-09T04:00:00.000Z",
    "2026-05-10T04:00:00.000Z",
  ]);
});
