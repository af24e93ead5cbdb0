import { beforeAll, expect, it } from "vitest";
import type { Context } from "@/lib/platform/context";
import { testDb } from "@/tests/support/db";
import { peopleOf } from "@/tests/support/people";
import { createLocation } from "./create-location";
import { createRoom } from "./create-room";
import { createService } from "./create-service";
import { getLocation, listLocations, listRooms, listServices } from "./queries";
import { createLocationInput, createServiceInput, updateLocationBody } from "./schemas";
import { clinicSettings } from "./settings";
import { updateLocation } from "./update-location";
import { updateRoom } from "./update-room";
import { updateService } from "./update-service";
import { updateSettings } from "./update-settings";

const { db, owner } = await testDb();
const people = peopleOf(db, owner, new Date("2026-03-02T12:00:00Z"));
const NOBODY = "00000000-0000-4000-8000-000000000000";

let admin: Context;
let others: Context[];
beforeAll(async () => {
  admin = await people.staff("admin");
  others = [people.anonymous, await people.patient(), await people.doctor(), await people.staff("receptionist")];
});

const place = (name: string) => createLocation(admin, { name, timeZone: "America/New_York" });
const service = (name: string) => createService(admin, { name, durationMinutes: 40, modality: "in_person" });
const valueFrom = async <T>(result: Promise<{ ok: true; value: T } | { ok: false; code: string }>): Promise<T> => {
  const got = await result;
  if (!got.ok) throw new Error(got.code);
  return got.value;
};

it("lets only admins change places, rooms, services and settings", async () => {
  const at = await valueFrom(place("Guarded"));
  const its = await valueFrom(service("Guarded"));
  const room = await valueFrom(createRoom(admin, { locationId: at.id, name: "G1" }));
  for (const ctx of others) {
    const answers = await Promise.all([
      createLocation(ctx, { name: "Mine", timeZone: "UTC" }),
      updateLocation(ctx, { id: at.id, name: "Mine" }),
      createService(ctx, { name: "Mine", durationMinutes: 10, modality: "phone" }),
      updateService(ctx, { id: its.id, name: "Mine" }),
      createRoom(ctx, { locationId: at.id, name: "Mine" }),
      updateRoom(ctx, { id: room.id, name: "Mine" }),
      updateSettings(ctx, { name: "Mine" }),
    ]);
    expect(answers.map((answer) => !answer.ok && answer.code)).toEqual(Array(7).fill("forbidden"));
  }
  const [mine] = await owner`select count(*)::int as n from locations where name = 'Mine'`;
  expect(mine?.n).toBe(0);
});

it("counts versions and refuses a change of what has changed meanwhile", async () => {
  const { id, version } = await valueFrom(place("Versioned"));
  expect(await updateLocation(admin, { id, expectedVersion: version, address: "1 Quay", phone: "" })).toMatchObject({
    ok: true,
    value: { version: 2, address: "1 Quay", phone: null, timeZone: "America/New_York" },
  });
  expect(await updateLocation(admin, { id, expectedVersion: version, name: "Late" })).toMatchObject({
    code: "version_conflict",
    data: { version: 2 },
  });
  expect(await updateLocation(admin, { id: NOBODY, name: "Nowhere" })).toMatchObject({ code: "not_found" });
});

it("lets two places have one name, and names the field whose value does not exist", async () => {
  const { id } = await valueFrom(place("Main Street"));
  expect((await valueFrom(place("Main Street"))).id).not.toBe(id);
  expect(await createRoom(admin, { locationId: NOBODY, name: "1" })).toMatchObject({
    code: "validation_failed",
    errors: [{ path: "locationId" }],
  });
  const known = await valueFrom(service("Known"));
  const refused = await createRoom(admin, { locationId: id, name: "1", serviceIds: [known.id, NOBODY] });
  expect(refused).toMatchObject({ code: "validation_failed", errors: [{ path: "serviceIds.1" }] });
  expect((await valueFrom(listRooms(admin, { locationId: id, state: "all" }))).items).toHaveLength(0);
});

it("starts slots every duration unless told otherwise, and keeps the contract's defaults", async () => {
  const made = await valueFrom(service("Defaults"));
  expect(made).toMatchObject({ slotStepMinutes: 40, bufferAfterMinutes: 0, horizonDays: 90, maxReschedules: null });
  expect(made).toMatchObject({ selfBookable: true, requiresRoom: false, audience: "any", active: true, version: 1 });
});

it("lets the step follow the duration until somebody sets it apart", async () => {
  const { id } = await valueFrom(service("Following"));
  const change = (patch: object) => valueFrom(updateService(admin, { id, ...patch }));
  expect(await change({ durationMinutes: 25 })).toMatchObject({ durationMinutes: 25, slotStepMinutes: 25 });
  expect(await change({ slotStepMinutes: 5 })).toMatchObject({ durationMinutes: 25, slotStepMinutes: 5 });
  expect(await change({ durationMinutes: 30 })).toMatchObject({ durationMinutes: 30, slotStepMinutes: 5 });
});

it("moves a room to another place until visits are booked in it", async () => {
  const [from, to] = [await valueFrom(place("Old wing")), await valueFrom(place("New wing"))];
  const { id } = await valueFrom(createRoom(admin, { locationId: from.id, name: "Movable" }));
  expect(await valueFrom(updateRoom(admin, { id, locationId: to.id }))).toMatchObject({
    locationId: to.id,
    version: 2,
  });
  const nowhere = await updateRoom(admin, { id, locationId: NOBODY });
  expect(nowhere).toMatchObject({ code: "validation_failed", errors: [{ path: "locationId" }] });

  const its = await valueFrom(service("In the movable room"));
  const doctor = (await people.doctor()).actor;
  await owner`insert into appointments (id, reference, status, service_id, doctor_id, location_id, room_id, patient_id, during, busy)
    select ${NOBODY}, 'ROOM-0001', 'booked', ${its.id}, id, ${to.id}, ${id}, ${await people.addPatientRow(null)}, s, s
    from doctors, (select tstzrange('2026-03-03T10:00Z', '2026-03-03T10:30Z') as s) span where id = ${doctor.kind === "user" ? doctor.doctorId : null}`;
  const booked = await updateRoom(admin, { id, locationId: from.id, name: "Moved" });
  expect(booked).toMatchObject({ code: "conflict", errors: [{ path: "locationId" }] });
  expect(await valueFrom(updateRoom(admin, { id, locationId: to.id, name: "Stays" }))).toMatchObject({ name: "Stays" });
});

it("reads only what the schemas name, and only zones that exist", () => {
  expect(createLocationInput.safeParse({ name: "A", timeZone: "Europe/Lisbon" }).success).toBe(true);
  for (const timeZone of ["Europe/Atlantis", "+02:00", ""]) {
    expect(createLocationInput.safeParse({ name: "A", timeZone }).success).toBe(false);
  }
  expect(updateLocationBody.safeParse({ id: NOBODY }).success).toBe(false);
  expect(
    createServiceInput.safeParse({ name: "A", durationMinutes: 30, modality: "video", role: "admin" }).success,
  ).toBe(false);
});

it("pages through names, keeps to what a doctor offers, and hides from the public what is switched off", async () => {
  const [a, b, closed] = await Promise.all(["Page a", "Page b", "Page c"].map((name) => valueFrom(place(name))));
  const offered = await valueFrom(service("Offered"));
  const ctx = await people.doctor();
  const doctorId = ctx.actor.kind === "user" ? ctx.actor.doctorId : null;
  await owner`insert into doctor_services values (${doctorId}, ${offered.id})`;
  await owner`insert into doctor_locations values (${doctorId}, ${b?.id ?? null})`;
  await updateLocation(admin, { id: closed?.id ?? "", active: false });

  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await valueFrom(listLocations(people.anonymous, { limit: 2, cursor, state: "active" }));
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(seen.toSorted());
  expect(seen).toEqual(expect.arrayContaining(["Page a", "Page b"]));
  expect(seen).not.toContain("Page c");

  const offering = await valueFrom(listLocations(people.anonymous, { serviceId: offered.id, state: "active" }));
  expect(offering.items.map(({ id }) => id)).toEqual([b?.id]);
  const there = (locationId = "") => valueFrom(listServices(people.anonymous, { locationId, state: "active" }));
  expect((await there(b?.id)).items.map(({ id }) => id)).toEqual([offered.id]);
  expect((await there(a?.id)).items).toEqual([]);

  expect(await listLocations(people.anonymous, { state: "all" })).toMatchObject({ code: "forbidden" });
  expect(await listLocations(people.anonymous, { state: "active", cursor: "no" })).toMatchObject({
    code: "validation_failed",
    errors: [{ path: "cursor" }],
  });
  expect(await getLocation(people.anonymous, { id: closed?.id ?? "" })).toMatchObject({ code: "not_found" });
  expect(await getLocation(admin, { id: closed?.id ?? "" })).toMatchObject({ ok: true });
});

it("gives a room to the services it is for, and to all where it names none", async () => {
  const at = await valueFrom(place("Rooms"));
  const [one, two] = [await valueFrom(service("Room one")), await valueFrom(service("Room two"))];
  const open = await valueFrom(createRoom(admin, { locationId: at.id, name: "Open" }));
  const own = await valueFrom(createRoom(admin, { locationId: at.id, name: "Own", serviceIds: [one.id] }));
  const serving = async (serviceId: string) =>
    (await valueFrom(listRooms(admin, { locationId: at.id, serviceId, state: "active" }))).items.map(({ id }) => id);
  expect(await serving(one.id)).toEqual([open.id, own.id]);
  expect(await serving(two.id)).toEqual([open.id]);
  expect(await valueFrom(updateRoom(admin, { id: own.id, serviceIds: [two.id] }))).toMatchObject({
    serviceIds: [two.id],
    version: 2,
  });
  expect(await serving(one.id)).toEqual([open.id]);
});

it("keeps the clinic's settings, and shows a change at once to whoever made it", async () => {
  expect(await clinicSettings(db)).toMatchObject({ name: "Slotwell", country: null });
  await valueFrom(updateSettings(admin, { name: "Harbor Clinic", country: "PT", phone: "+351 21 000 0000" }));
  await valueFrom(updateSettings(admin, { phone: null }));
  expect(await clinicSettings(db)).toMatchObject({ name: "Harbor Clinic", country: "PT", phone: null });
});
