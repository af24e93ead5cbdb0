import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { range } from "@/db/ranges";
import { bookAppointment } from "@/lib/appointments/book-appointment";
import { MINUTE } from "@/lib/domain/interval";
import type { Context } from "@/lib/platform/context";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { countSlots } from "./count-slots";
import { explainSlot } from "./explain-slot";
import { nextSlots } from "./next-slots";
import type { SearchSlotsInput } from "./schemas";
import { searchSlots } from "./search-slots";

const { db, owner } = await testDb();
const make = clinicMaker(owner);
const NOW = new Date("2027-03-08T05:00:00Z");
const context = (actor: Context["actor"] = { kind: "anonymous" }, now = NOW): Context => ({
  db,
  actor,
  now,
  requestId: "test",
});
const staff = context({ kind: "system", job: "test" });

const search = async (input: SearchSlotsInput, ctx = context()) => {
  const found = await searchSlots(ctx, { limit: 1_000, ...input });
  if (!found.ok) throw new Error(found.code);
  return found.value;
};
const startsOf = async (input: SearchSlotsInput, ctx = context()) =>
  (await search(input, ctx)).items.map(({ start }) => start);

/** A visit in the busy range [start - before, start + minutes + after), as the owner; false where a constraint stands in the way. */
async function takeTime(visit: Visit) {
  const { doctorId, locationId, serviceId, patientId, roomId = null, start, minutes, before = 0, after = 0 } = visit;
  const at = (shift: number) => new Date(start.getTime() + shift * MINUTE * 1_000);
  const id = uuidv7();
  const rows = await owner`
    insert into appointments (id, reference, status, service_id, doctor_id, location_id, room_id, patient_id, during, busy, hold_expires_at)
    values (${id}, ${id.slice(-12)}, ${visit.holdExpiresAt ? "held" : "booked"}, ${serviceId}, ${doctorId}, ${locationId}, ${roomId}, ${patientId},
      ${range(start, at(minutes))}, ${range(at(-before), at(minutes + after))}, ${visit.holdExpiresAt ?? null})
    on conflict do nothing returning id`;
  return rows.length > 0 ? id : null;
}
type Visit = {
  doctorId: string;
  locationId: string;
  serviceId: string;
  patientId: string;
  roomId?: string;
  start: Date;
  minutes: number;
  before?: number;
  after?: number;
  holdExpiresAt?: Date;
};

/** Numbers that look random and are the same each time. */
const dice = (seed: number) => (below: number) => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
};

it.each([
  { name: "on the grid", durationMinutes: 30, slotStepMinutes: 15, bufferBeforeMinutes: 5, bufferAfterMinutes: 10 },
  { name: "off the grid", durationMinutes: 25, slotStepMinutes: 7, bufferBeforeMinutes: 0, bufferAfterMinutes: 3 },
])("search, explanation and the constraints never disagree, $name", async ({ name: _name, ...shape }) => {
  const roll = dice(shape.durationMinutes);
  const locationId = await make.location("America/New_York");
  const serviceId = await make.service({ ...shape, requiresRoom: true });
  const roomId = await make.room(locationId);
  const night = { locationId, serviceIds: [serviceId], start: "00:00", end: "06:00" };
  const [one, two] = await Promise.all([make.doctor(night), make.doctor(night)]);
  const patients = await make.patients(2);
  const opens = Date.parse("2027-03-14T05:00:00Z");
  for (let visit = 0; visit < 14; visit++) {
    const start = new Date(opens + roll(300) * MINUTE * 1_000);
    const doctorId = roll(2) ? one.id : two.id;
    const patientId = patients[0]!.id;
    await takeTime({
      doctorId,
      locationId,
      serviceId,
      patientId,
      ...(roll(2) ? { roomId } : {}),
      start,
      minutes: 5 + roll(20),
    });
  }

  const {
    durationMinutes: minutes,
    bufferBeforeMinutes: before,
    bufferAfterMinutes: after,
    slotStepMinutes: step,
  } = shape;
  const offered = await search({ serviceId, from: "2027-03-14", to: "2027-03-14" });
  const isOffered = new Set(offered.items.map((slot) => `${slot.doctorId} ${slot.start}`));
  expect(isOffered.size).toBeGreaterThan(5);
  // The clock jumps from 02:00 to 03:00: six hours by the wall are five.
  for (let shift = 0; shift + minutes <= 300; shift += step) {
    for (const doctorId of [one.id, two.id]) {
      const start = new Date(opens + shift * MINUTE * 1_000);
      const visit = {
        doctorId,
        locationId,
        serviceId,
        patientId: patients[1]!.id,
        roomId,
        start,
        minutes,
        before,
        after,
      };
      const taken = await takeTime(visit);
      if (taken) await owner`delete from appointments where id = ${taken}`;
      const explained = await explainSlot(staff, { serviceId, doctorId, start: start.toISOString() });
      const expected = { offered: taken !== null, search: taken !== null };
      expect({
        offered: explained.ok && explained.value.offered,
        search: isOffered.has(`${doctorId} ${start.toISOString()}`),
      }).toEqual(expected);
    }
  }
  // Nothing beyond the grid.
  expect([...isOffered].every((key) => (Date.parse(key.slice(37)) - opens) % (step * MINUTE * 1_000) === 0)).toBe(true);
});

it("offers what the booking verb takes, and no longer once it has", async () => {
  const locationId = await make.location("Asia/Kolkata");
  const serviceId = await make.service({ bufferAfterMinutes: 30 });
  const doctor = await make.doctor({ locationId, serviceIds: [serviceId], start: "09:00", end: "13:00" });
  const patients = await make.patients(8);
  const asked = { serviceId, from: "2027-03-10", to: "2027-03-10" };
  let [first] = await startsOf(asked);
  expect(first).toBe("2027-03-10T03:30:00.000Z");
  for (const patient of patients) {
    if (!first) break;
    const input = { serviceId, doctorId: doctor.id, patientId: patient.id, start: new Date(first) };
    expect(await bookAppointment(context(patient.actor), input)).toMatchObject({ ok: true });
    const left = await startsOf(asked);
    expect(left).not.toContain(first);
    first = left[0];
  }
  const [{ count } = { count: 0 }] = await owner`select count(*)::int from appointments where doctor_id = ${doctor.id}`;
  expect(count).toBe(4);

  await owner`update appointments set status = 'cancelled', cancelled_at = now() where doctor_id = ${doctor.id}`;
  expect(await startsOf(asked)).toHaveLength(8);
});

it("offers a held time again when the hold has run out, swept or not", async () => {
  const locationId = await make.location();
  const serviceId = await make.service();
  const doctor = await make.doctor({ locationId, serviceIds: [serviceId] });
  const patient = await make.patient();
  const start = new Date("2027-03-10T09:00:00Z");
  const holdExpiresAt = new Date(NOW.getTime() + 300_000);
  await takeTime({
    doctorId: doctor.id,
    locationId,
    serviceId,
    patientId: patient.id,
    start,
    minutes: 30,
    holdExpiresAt,
  });
  const asked = { serviceId, from: "2027-03-10T08:30:00Z", to: "2027-03-10T10:00:00Z" };
  expect(await startsOf(asked)).toEqual(["2027-03-10T08:30:00.000Z", "2027-03-10T09:30:00.000Z"]);
  expect(await startsOf(asked, context(undefined, holdExpiresAt))).toHaveLength(3);
});

it("takes whole days at each place by its own clock, with leave, extra hours, notice and horizon", async () => {
  const [east, west] = [await make.location("Pacific/Apia"), await make.location("America/New_York")];
  const serviceId = await make.service({ minNoticeMinutes: 60, horizonDays: 7 });
  const doctor = await make.doctor({ locationId: east, serviceIds: [serviceId], start: "09:00", end: "10:00" });
  await make.doctor({ locationId: west, serviceIds: [serviceId], start: "23:00", end: "24:00" });
  const asked = { serviceId, from: "2027-03-10", to: "2027-03-10" };
  expect((await search(asked)).items.map(({ start, timeZone }) => [start, timeZone])).toEqual([
    ["2027-03-09T20:00:00.000Z", "Pacific/Apia"],
    ["2027-03-09T20:30:00.000Z", "Pacific/Apia"],
    ["2027-03-11T04:00:00.000Z", "America/New_York"],
    ["2027-03-11T04:30:00.000Z", "America/New_York"],
  ]);
  expect(await startsOf({ ...asked, locationId: west })).toHaveLength(2);

  const except = (kind: string, from: string, to: string, place: string | null) =>
    owner`insert into schedule_exceptions (id, doctor_id, kind, location_id, during)
      values (${uuidv7()}, ${doctor.id}, ${kind}, ${place}, ${range(new Date(from), new Date(to))})`;
  await except("leave", "2027-03-09T20:00:00Z", "2027-03-09T20:07:00Z", null);
  await except("extra", "2027-03-10T01:00:00Z", "2027-03-10T01:30:00Z", east);
  expect(await startsOf({ ...asked, locationId: east })).toEqual([
    "2027-03-09T20:07:00.000Z",
    "2027-03-10T01:00:00.000Z",
  ]);

  const late = context(undefined, new Date("2027-03-10T00:00:01Z"));
  expect(await startsOf({ ...asked, locationId: east }, late)).toEqual([]);
  expect(await startsOf({ ...asked, from: "2027-03-15", to: "2027-03-15", locationId: east })).toEqual([
    "2027-03-14T20:00:00.000Z",
    "2027-03-14T20:30:00.000Z",
  ]);
  expect(await startsOf({ ...asked, from: "2027-03-16", to: "2027-03-16", locationId: east })).toEqual([]);
});

it("gives the same slots page by page, counts them by day, and finds each doctor's first", async () => {
  const locationId = await make.location("America/St_Johns");
  const serviceId = await make.service({ slotStepMinutes: 20 });
  const doctors = await Promise.all([1, 2, 3].map(() => make.doctor({ locationId, serviceIds: [serviceId] })));
  const away = [...doctors].sort((a, b) => (a.id < b.id ? -1 : 1))[0]!;
  await owner`insert into schedule_exceptions (id, doctor_id, kind, during)
    values (${uuidv7()}, ${away.id}, 'leave', ${range(NOW, new Date("2027-03-30T12:00:00Z"))})`;
  const asked = { serviceId, from: "2027-03-10", to: "2027-03-12" };
  const all = (await search(asked)).items;
  expect(all).toHaveLength(2 * 3 * 29);

  const paged: typeof all = [];
  for (let cursor: string | undefined; ; ) {
    const page = await search({ ...asked, limit: 25, cursor });
    paged.push(...page.items);
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  expect(paged).toEqual(all);
  expect(await countSlots(context(), { ...asked, to: "2027-03-13", doctorId: away.id })).toMatchObject({
    value: ["10", "11", "12", "13"].map((day) => ({ date: `2027-03-${day}`, count: 0 })),
  });
  expect(await countSlots(context(), asked)).toMatchObject({
    value: ["10", "11", "12"].map((day) => ({ date: `2027-03-${day}`, count: 58 })),
  });

  const next = await nextSlots(context(), { serviceId });
  expect(next.ok && next.value.items.map(({ doctorId, start }) => [doctorId === away.id, start])).toEqual([
    [false, "2027-03-08T11:30:00.000Z"],
    [false, "2027-03-08T11:30:00.000Z"],
    [true, "2027-03-30T12:00:00.000Z"],
  ]);
});

it("names every reason, and refuses by field", async () => {
  const locationId = await make.location();
  const [serviceId, otherId] = [await make.service({ requiresRoom: true, horizonDays: 3 }), await make.service()];
  const doctor = await make.doctor({ locationId, serviceIds: [serviceId] });
  const why = async (start: string, service = serviceId) => {
    const told = await explainSlot(staff, { serviceId: service, doctorId: doctor.id, start });
    return told.ok ? told.value.reasons : told.code;
  };
  expect(await why("2027-03-09T09:00:00Z")).toEqual(["no_room"]);
  await make.room(locationId);
  expect(await why("2027-03-09T09:00:00Z")).toEqual([]);
  expect(await why("2027-03-09T09:00:00Z", otherId)).toEqual(["service_not_offered"]);
  expect(await why("2027-03-09T09:10:00Z")).toEqual(["not_aligned"]);
  expect(await why("2027-03-09T17:45:00Z")).toEqual(["outside_hours"]);
  expect(await why("2027-03-01T09:00:00Z")).toEqual(["too_soon"]);
  expect(await why("2027-03-12T09:00:00Z")).toEqual(["too_far"]);
  expect(await explainSlot(context(), { serviceId, doctorId: doctor.id, start: "2027-03-09T09:00:00Z" })).toMatchObject(
    {
      code: "forbidden",
    },
  );

  const refusal = async (from: string, to: string, more = {}) => {
    const found = await searchSlots(context(), { serviceId, from, to, ...more });
    return found.ok ? "ok" : [found.code, found.errors?.[0]?.path];
  };
  expect(await refusal("2027-03-09", "2027-03-08")).toEqual(["validation_failed", "to"]);
  expect(await refusal("2027-03-09", "2027-03-10T00:00:00Z")).toEqual(["validation_failed", "to"]);
  expect(await refusal("2027-03-01", "2027-05-01")).toBe("ok");
  expect(await refusal("2027-03-01", "2027-05-02")).toEqual(["validation_failed", "to"]);
  expect(await refusal("2027-03-09", "2027-03-10", { cursor: "nonsense" })).toEqual(["validation_failed", "cursor"]);
  expect(await refusal("2027-03-09", "2027-03-10", { serviceId: uuidv7() })).toEqual(["not_found", "serviceId"]);
});

it("offers and gives times of days that 32 bits of seconds do not reach", async () => {
  const locationId = await make.location();
  const serviceId = await make.service({ horizonDays: 3_660, bufferAfterMinutes: 10 });
  const doctor = await make.doctor({ locationId, serviceIds: [serviceId], start: "08:00", end: "10:00" });
  const late = new Date("2037-12-01T05:00:00Z");
  for (const day of ["2038-01-19", "2038-01-20", "2047-10-01"]) {
    const offered = () => startsOf({ serviceId, doctorId: doctor.id, from: day, to: day }, context(undefined, late));
    const times = ["08:00", "08:30", "09:00", "09:30"].map((time) => `${day}T${time}:00.000Z`);
    expect(await offered()).toEqual(times);
    const patient = await make.patient();
    const input = { serviceId, doctorId: doctor.id, start: new Date(`${day}T08:30:00Z`) };
    expect(await bookAppointment(context(patient.actor, late), input)).toMatchObject({ ok: true });
    // The visit before would reach into it with its buffer.
    expect(await offered()).toEqual(times.slice(3));
  }
  const cells = () =>
    owner`select day::text, bits::text from doctor_busy_days where doctor_id = ${doctor.id} order by day`;
  const kept = [...(await cells())];
  await owner`select rebuild_busy_days()`;
  expect([...(await cells())]).toEqual(kept);
});
