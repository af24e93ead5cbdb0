import { expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import type { Context } from "@/lib/platform/context";
import { env } from "@/lib/platform/env";
import { limitRequest } from "@/lib/platform/rate-limit";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { appointmentHistory } from "./appointment-history";
import { bookAppointment } from "./book-appointment";
import { bookSeries } from "./book-series";
import { cancelAppointment } from "./cancel-appointment";
import { changeStatus } from "./change-status";
import { confirmAppointment } from "./confirm-appointment";
import { extendHold } from "./extend-hold";
import { flowBoard } from "./flow-board";
import { getAppointment, getVisit } from "./get-appointment";
import { holdSlot } from "./hold-slot";
import { listAppointments } from "./list-appointments";
import { offerNearest, offerNearestToMove } from "./nearest";
import { releaseHold } from "./release-hold";
import { rescheduleAppointment } from "./reschedule-appointment";
import { listAppointmentsInput } from "./schemas";
import { sweepExpiredHolds } from "./sweep-expired-holds";
import { doctorCalendar, patientVisits } from "./visit-lists";

const { db, owner } = await testDb({ max: 8 });
const make = clinicMaker(owner);
const now = new Date("2026-03-02T06:00:00Z");
const as = (actor: Actor, at = now): Context => ({ db, actor, now: at, requestId: "test" });
const at = (time: string, day = "2026-03-03") => new Date(`${day}T${time}:00Z`);
const system: Actor = { kind: "system", job: "test" };

const locationId = await make.location();
const serviceId = await make.service();
const reception = await make.staff();
const doctorOf = (more: Partial<Parameters<typeof make.doctor>[0]> = {}) =>
  make.doctor({ locationId, serviceIds: [serviceId], ...more });
const code = (result: { ok: boolean; code?: string }) => (result.ok ? "ok" : result.code);
const value = <T>(result: { ok: true; value: T } | { ok: false; code: string }): T => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result.value;
};

async function booked(more: { serviceId?: string; start?: Date; now?: Date } = {}) {
  const service = more.serviceId ?? serviceId;
  const [doctor, patient] = await Promise.all([doctorOf({ serviceIds: [service, serviceId] }), make.patient()]);
  const start = more.start ?? at("10:00");
  const input = { serviceId: service, doctorId: doctor.id, start };
  const visit = value(await bookAppointment(as(patient.actor, more.now), input));
  return { doctor, patient, visit, input };
}

it("lets a patient book so many visits a day, counts only what was booked, and counts nobody else", async () => {
  const [doctor, patient] = await Promise.all([doctorOf(), make.patient()]);
  const book = (start: Date, actor = patient.actor) =>
    bookAppointment(as(actor), {
      serviceId,
      doctorId: doctor.id,
      start,
      ...(actor === reception ? { patientId: patient.id } : {}),
    });
  const { BOOKINGS_PER_DAY } = env();
  for (let taken = 1; taken < BOOKINGS_PER_DAY; taken++) await limitRequest("bookings", patient.userId);
  expect(code(await book(at("10:10")))).toBe("slot_unavailable");
  expect(code(await book(at("10:00")))).toBe("ok");
  const full = await book(at("11:00"));
  expect(full).toMatchObject({ code: "rate_limited", data: { reason: "day_full", limit: BOOKINGS_PER_DAY } });
  expect(code(await book(at("11:00"), reception))).toBe("ok");
  expect(code(await bookSeries(as(patient.actor), { serviceId, doctorId: doctor.id, starts: [at("14:00")] }))).toBe(
    "rate_limited",
  );
});

it("names what stands in the way of a booking", async () => {
  const { doctor, patient, input } = await booked();
  const other = await doctorOf();
  const ask = (more: object) => bookAppointment(as(patient.actor), { ...input, doctorId: other.id, ...more });
  expect(await ask({})).toMatchObject({ code: "patient_busy" });
  expect(await ask({ start: at("10:15") })).toMatchObject({
    code: "slot_unavailable",
    data: { reasons: ["not_aligned"] },
  });
  expect(await ask({ start: at("07:30") })).toMatchObject({ data: { reasons: ["outside_hours"] } });
  expect(await ask({ start: at("10:00", "2026-03-01") })).toMatchObject({ data: { reasons: ["too_soon"] } });
  expect(await ask({ start: at("10:00", "2027-09-03") })).toMatchObject({ data: { reasons: ["too_far"] } });
  expect(await ask({ serviceId: await make.service() })).toMatchObject({ data: { reasons: ["service_not_offered"] } });
  expect(await ask({ doctorId: patient.id })).toMatchObject({ code: "not_found", errors: [{ path: "doctorId" }] });
  expect(await ask({ serviceId: doctor.id })).toMatchObject({ code: "not_found", errors: [{ path: "serviceId" }] });
  expect(code(await ask({ overrideReason: "please" }))).toBe("forbidden");
  const walkIn = await make.patient();
  const lost = await bookAppointment(as(walkIn.actor), input);
  expect(lost).toMatchObject({ code: "slot_unavailable", data: { reasons: ["doctor_busy"] } });
  const refused = await offerNearest(as(walkIn.actor), input, lost);
  const nearest = [{ start: at("09:00") }, { start: at("09:30") }, { start: at("10:30") }].map(({ start }) => start);
  expect(refused).toMatchObject({
    code: "slot_unavailable",
    data: { reasons: ["doctor_busy"], nearest: nearest.map((start) => ({ start: start.toISOString() })) },
  });
  const own = await booked();
  const move = { id: own.visit.id, doctorId: doctor.id, start: input.start };
  const stuck = await rescheduleAppointment(as(own.patient.actor), move);
  expect(await offerNearestToMove(as(own.patient.actor), move, stuck)).toMatchObject({
    data: { reasons: ["doctor_busy"], nearest: nearest.map((start) => ({ start: start.toISOString() })) },
  });
});

it("keeps people from what is not theirs, and says nothing of it", async () => {
  const { doctor, patient, visit, input } = await booked();
  const [stranger, other] = await Promise.all([make.patient(), doctorOf()]);
  const nobody = "01900000-0000-7000-8000-000000000000";
  for (const id of [visit.id, nobody]) {
    expect(await getAppointment(as(stranger.actor), { id })).toEqual({ ok: false, code: "not_found" });
    expect(await cancelAppointment(as(stranger.actor), { id })).toEqual({ ok: false, code: "not_found" });
    expect(await confirmAppointment(as(stranger.actor), { id })).toEqual({ ok: false, code: "not_found" });
    expect(await rescheduleAppointment(as(stranger.actor), { id, start: at("15:00") })).toEqual({
      ok: false,
      code: "not_found",
    });
    expect(await appointmentHistory(as(stranger.actor), { id })).toEqual({ ok: false, code: "not_found" });
    expect(await changeStatus(as(other.actor), { id, status: "arrived" })).toEqual({ ok: false, code: "not_found" });
  }
  const forOther = { ...input, start: at("11:00"), patientId: patient.id };
  const forNobody = { ...forOther, patientId: nobody };
  expect(await bookAppointment(as(stranger.actor), forOther)).toEqual(
    await bookAppointment(as(stranger.actor), forNobody),
  );
  expect(code(await bookAppointment(as(other.actor), forOther))).toBe("forbidden");
  expect(code(await changeStatus(as(patient.actor), { id: visit.id, status: "arrived" }))).toBe("forbidden");
  expect(value(await bookAppointment(as(doctor.actor), { ...forOther, reason: "knee" }))).toMatchObject({
    reason: "knee",
  });
  const { items } = value(
    await listAppointments(as(reception), { ...listAppointmentsInput.parse({}), patientId: patient.id }),
  );
  expect(items.map((item) => [item.id === visit.id, item.reason])).toEqual([
    [true, null],
    [false, null],
  ]);
});

it("lets row-level security alone hide visits from another patient", async () => {
  const { visit } = await booked();
  const stranger = await make.patient();
  const seen = await db.pg.begin(async (pg) => {
    await pg`select set_config('app.kind', 'user', true), set_config('app.user_id', ${stranger.userId}, true), set_config('app.role', 'patient', true)`;
    const rows = await pg`select id from appointments union all select appointment_id from appointment_events`;
    const details = await pg`select id from appointment_details`;
    const changed = await pg`update appointments set reason = 'mine' where id = ${visit.id}`;
    return rows.length + details.length + changed.count;
  });
  expect(seen).toBe(0);
  expect(await db.pg`select id from appointments`).toHaveLength(0);
});

it("lets a parent do what the grant says, and logs for whom", async () => {
  const [doctor, parent, child] = await Promise.all([doctorOf(), make.patient(), make.child()]);
  await make.grant(child, parent.userId, ["view"]);
  const input = { serviceId, doctorId: doctor.id, start: at("09:00"), patientId: child };
  expect(code(await bookAppointment(as(parent.actor), input))).toBe("forbidden");
  await owner`update patient_proxies set capabilities = '{view,book}' where patient_id = ${child}`;
  const visit = value(await bookAppointment(as(parent.actor), { ...input, reason: "fever" }));
  expect(visit).toMatchObject({ patient: { id: child }, reason: "fever" });
  expect(code(await cancelAppointment(as(parent.actor), { id: visit.id }))).toBe("forbidden");
  expect(code(await confirmAppointment(as(parent.actor), { id: visit.id }))).toBe("ok");
  const logged =
    await owner`select user_id, patient_id, operation from audit_log where row_id = ${visit.id} order by id`;
  expect([...logged]).toEqual([
    { user_id: parent.userId, patient_id: child, operation: "INSERT" },
    { user_id: parent.userId, patient_id: child, operation: "UPDATE" },
  ]);
  await owner`update patient_proxies set revoked_at = now() where patient_id = ${child}`;
  expect(code(await getAppointment(as(parent.actor), { id: visit.id }))).toBe("not_found");
});

it("binds patients to the service's policies and gives them the clinic's number", async () => {
  const service = await make.service({
    cancelCutoffMinutes: 1_440,
    rescheduleCutoffMinutes: 1_440,
    maxReschedules: 1,
    minNoticeMinutes: 60,
  });
  const { patient, visit, doctor } = await booked({ serviceId: service, start: at("10:00", "2026-03-05") });
  const late = new Date("2026-03-04T10:00:01Z");
  expect(await cancelAppointment(as(patient.actor, late), { id: visit.id })).toMatchObject({
    code: "policy_refused",
    data: { reason: "cancel_cutoff", phone: "+15550100" },
  });
  const to = (start: Date) => rescheduleAppointment(as(patient.actor), { id: visit.id, start });
  expect(
    code(await rescheduleAppointment(as(patient.actor, late), { id: visit.id, start: at("12:00", "2026-03-06") })),
  ).toBe("policy_refused");
  const moved = value(await to(at("12:00", "2026-03-05")));
  expect(moved).toMatchObject({ reference: visit.reference, version: 2, start: "2026-03-05T12:00:00.000Z" });
  expect(await to(at("13:00", "2026-03-05"))).toMatchObject({
    code: "policy_refused",
    data: { reason: "max_reschedules" },
  });
  expect(
    code(await rescheduleAppointment(as(doctor.actor, late), { id: visit.id, start: at("13:00", "2026-03-05") })),
  ).toBe("ok");
  expect(value(await cancelAppointment(as(patient.actor), { id: visit.id }))).toMatchObject({ status: "cancelled" });
  expect(code(await cancelAppointment(as(patient.actor), { id: visit.id }))).toBe("invalid_transition");
  const hidden = await make.service({ selfBookable: false });
  await owner`insert into doctor_services (doctor_id, service_id) values (${doctor.id}, ${hidden})`;
  const input = { serviceId: hidden, doctorId: doctor.id, start: at("15:00"), patientId: patient.id };
  expect(await bookAppointment(as(patient.actor), input)).toMatchObject({
    code: "policy_refused",
    data: { reason: "not_self_bookable" },
  });
  expect(code(await bookAppointment(as(reception), input))).toBe("ok");
});

it("lets staff take any time with a reason, but no time of somebody else's", async () => {
  const { input } = await booked();
  const patient = await make.patient();
  const odd = { ...input, patientId: patient.id, start: at("07:10") };
  expect(code(await bookAppointment(as(reception), odd))).toBe("slot_unavailable");
  const visit = value(await bookAppointment(as(reception), { ...odd, overrideReason: "before work" }));
  const [row] = await owner`select override_reason from appointments where id = ${visit.id}`;
  expect(row).toEqual({ override_reason: "before work" });
  const [logged] = await owner`select user_id, operation from audit_log where row_id = ${visit.id}`;
  expect(logged).toMatchObject({ user_id: reception.userId, operation: "INSERT" });
  const { items } = value(await appointmentHistory(as(reception), { id: visit.id }));
  expect(items).toMatchObject([{ type: "appointment.booked", data: { isOverridden: true } }]);
  expect(JSON.stringify(items)).not.toContain("before work");
  const taken = { ...input, patientId: (await make.patient()).id, overrideReason: "squeeze in" };
  expect(await bookAppointment(as(reception), taken)).toMatchObject({ data: { reasons: ["doctor_busy"] } });
});

it("holds a time for five minutes, ten at the most, and then lets it go", async () => {
  const [doctor, patient, other] = await Promise.all([doctorOf(), make.patient(), make.patient()]);
  const input = { serviceId, doctorId: doctor.id, start: at("10:00") };
  const hold = value(await holdSlot(as(patient.actor), input));
  expect(hold).toMatchObject({ expiresAt: "2026-03-02T06:05:00.000Z", patientId: patient.id, locationId });
  expect(value(await holdSlot(as(patient.actor), input)).id).toBe(hold.id);
  expect(code(await bookAppointment(as(other.actor), input))).toBe("slot_unavailable");
  expect(code(await extendHold(as(other.actor), { id: hold.id }))).toBe("not_found");
  const extended = await extendHold(as(patient.actor, new Date("2026-03-02T06:04:00Z")), { id: hold.id });
  expect(extended).toMatchObject({ value: { expiresAt: "2026-03-02T06:10:00.000Z" } });
  expect(code(await extendHold(as(patient.actor), { id: hold.id }))).toBe("policy_refused");

  const later = new Date("2026-03-02T06:10:00Z");
  expect(code(await releaseHold(as(patient.actor, later), { id: hold.id }))).toBe("not_found");
  expect(code(await bookAppointment(as(other.actor, later), input))).toBe("ok");
});

it("turns a hold into the visit, named or not", async () => {
  const [doctor, patient] = await Promise.all([doctorOf(), make.patient()]);
  const first = { serviceId, doctorId: doctor.id, start: at("10:00") };
  const second = { ...first, start: at("11:00") };
  const named = value(await holdSlot(as(patient.actor), first));
  const unnamed = value(await holdSlot(as(patient.actor), second));
  const booked = value(await bookAppointment(as(patient.actor), { ...first, holdId: named.id, reason: "back" }));
  expect(booked).toMatchObject({ id: named.id, status: "booked", version: 2, reason: "back", holdExpiresAt: null });
  expect(value(await bookAppointment(as(patient.actor), second)).id).toBe(unnamed.id);
  const events = await owner`select type from appointment_events where appointment_id = ${named.id} order by version`;
  expect(events.map(({ type }) => type)).toEqual(["appointment.held", "appointment.booked"]);
});

it("books with a hold that is named only where it is the caller's, live, and of that time", async () => {
  const [doctor, patient, other] = await Promise.all([doctorOf(), make.patient(), make.patient()]);
  const first = { serviceId, doctorId: doctor.id, start: at("10:00") };
  const second = { ...first, start: at("11:00") };
  const { id: holdId } = value(await holdSlot(as(patient.actor), first));
  const notFound = { code: "not_found", errors: [{ path: "holdId" }] };
  for (const input of [first, second]) {
    const foreign = await bookAppointment(as(other.actor), { ...input, holdId });
    expect(foreign).toMatchObject(notFound);
    expect(await bookAppointment(as(other.actor), { ...input, holdId: doctor.id })).toEqual(foreign);
  }
  const elsewhere = await bookAppointment(as(patient.actor), { ...second, holdId });
  expect(elsewhere).toMatchObject({ code: "validation_failed", errors: [{ path: "holdId" }] });
  const late = as(patient.actor, new Date("2026-03-02T06:05:00Z"));
  expect(await bookAppointment(late, { ...first, holdId })).toMatchObject(notFound);
  expect(code(await bookAppointment(as(patient.actor), { ...first, holdId }))).toBe("ok");
});

it("lets one's own holds give way, and keeps ten at the most", async () => {
  const [doctor, other, patient] = await Promise.all([doctorOf(), doctorOf(), make.patient()]);
  const hold = (doctorId: string, time: string) =>
    holdSlot(as(patient.actor), { serviceId, doctorId, start: at(time) });
  value(await hold(doctor.id, "10:00"));
  value(await hold(other.id, "10:00"));
  const [held] = await owner`select count(*)::int from appointments where patient_id = ${patient.id}`;
  expect(held).toEqual({ count: 1 });
  const hours = ["11", "12", "13", "14", "15", "16"].flatMap((hour) => [`${hour}:00`, `${hour}:30`]).slice(0, 11);
  const more = (await Promise.all(hours.map((time) => hold(doctor.id, time)))).map(code);
  expect(more.filter((one) => one === "ok")).toHaveLength(9);
  expect(more.filter((one) => one === "policy_refused")).toHaveLength(2);
});

it("lets staff hold for somebody they name later, even where that one is elsewhere", async () => {
  const { patient } = await booked();
  const [doctor, walkIn] = await Promise.all([doctorOf(), make.patient()]);
  const input = { serviceId, doctorId: doctor.id, start: at("10:00") };
  const hold = value(await holdSlot(as(reception), input));
  const booking = { ...input, holdId: hold.id };
  expect(code(await bookAppointment(as(reception), { ...booking, patientId: patient.id }))).toBe("patient_busy");
  const visit = value(await bookAppointment(as(reception), { ...booking, patientId: walkIn.id }));
  expect(visit).toMatchObject({ id: hold.id, patient: { id: walkIn.id } });
});

it("sweeps holds that have run out, and only those", async () => {
  const [doctor, patient] = await Promise.all([doctorOf(), make.patient()]);
  const hold = value(await holdSlot(as(patient.actor), { serviceId, doctorId: doctor.id, start: at("10:00") }));
  value(await sweepExpiredHolds(as(system, new Date("2026-03-02T06:04:59Z"))));
  expect(await owner`select 1 from appointments where id = ${hold.id}`).toHaveLength(1);
  expect(value(await sweepExpiredHolds(as(system, new Date("2026-03-02T06:05:00Z"))))).toBeGreaterThan(0);
  expect(await owner`select 1 from appointments where id = ${hold.id}`).toHaveLength(0);
  const [bits] = await owner`select bit_count(bits)::int as busy from doctor_busy_days where doctor_id = ${doctor.id}`;
  expect(bits).toEqual({ busy: 0 });
});

it("takes the next free room, and no more visits than rooms", async () => {
  const place = await make.location();
  const service = await make.service({ requiresRoom: true });
  const rooms = [await make.room(place), await make.room(place)].sort();
  const doctors = await Promise.all([1, 2, 3].map(() => make.doctor({ locationId: place, serviceIds: [service] })));
  const patients = await make.patients(3);
  const results = await Promise.all(
    doctors.map(({ id }, index) =>
      bookAppointment(as(patients[index]!.actor), { serviceId: service, doctorId: id, start: at("10:00") }),
    ),
  );
  expect(results.map(code).sort()).toEqual(["ok", "ok", "slot_unavailable"]);
  expect(results.find((result) => !result.ok)).toMatchObject({ data: { reasons: ["no_room"] } });
  const used = await owner`select room_id from appointments where service_id = ${service} order by room_id`;
  expect(used.map(({ room_id }) => room_id)).toEqual(rooms);
});

it("moves a visit to another doctor's time, and frees the old one", async () => {
  const { doctor, visit, input, patient } = await booked();
  const other = await doctorOf();
  const confirmed = value(await confirmAppointment(as(patient.actor), { id: visit.id }));
  const move = { id: visit.id, doctorId: other.id, start: at("11:30") };
  expect(code(await rescheduleAppointment(as(doctor.actor), move))).toBe("forbidden");
  expect(code(await rescheduleAppointment(as(reception), { ...move, expectedVersion: 1 }))).toBe("version_conflict");
  const moved = value(await rescheduleAppointment(as(reception), { ...move, expectedVersion: confirmed.version }));
  expect(moved).toMatchObject({ doctor: { id: other.id }, confirmedAt: null, reference: visit.reference, version: 3 });
  expect(code(await bookAppointment(as((await make.patient()).actor), input))).toBe("ok");
  const back = { id: visit.id, doctorId: doctor.id, start: input.start };
  expect(await rescheduleAppointment(as(reception), back)).toMatchObject({ code: "slot_unavailable" });
  const again = await rescheduleAppointment(as(reception), move);
  expect(value(again).version).toBe(3);
});

it("follows a visit through its day by the table of statuses", async () => {
  const { doctor, visit, patient } = await booked();
  const to = (status: "arrived" | "checked_in" | "in_progress" | "fulfilled", actor: Actor = doctor.actor) =>
    changeStatus(as(actor), { id: visit.id, status });
  expect(await to("fulfilled")).toMatchObject({
    code: "invalid_transition",
    data: { from: "booked", to: "fulfilled" },
  });
  for (const status of ["arrived", "checked_in"] as const) expect(code(await to(status, reception))).toBe("ok");
  expect(code(await cancelAppointment(as(patient.actor), { id: visit.id }))).toBe("invalid_transition");
  for (const status of ["in_progress", "fulfilled"] as const) expect(code(await to(status))).toBe("ok");
  const { items } = value(await appointmentHistory(as(patient.actor), { id: visit.id }));
  expect(items.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
});

it("books a series as a whole or not at all, at the same wall time across a clock change", async () => {
  const place = await make.location("America/New_York");
  const doctor = await make.doctor({ locationId: place, serviceIds: [serviceId], start: "09:00", end: "12:00" });
  const [patient, other] = await make.patients(2);
  const rrule = "DTSTART:20260302T100000\nRRULE:FREQ=WEEKLY;COUNT=3";
  const series = { serviceId, doctorId: doctor.id, rrule };
  const starts = ["2026-03-02T15:00:00.000Z", "2026-03-09T14:00:00.000Z", "2026-03-16T14:00:00.000Z"];
  const third = { serviceId, doctorId: doctor.id, start: new Date(starts[2]!) };
  const inTheWay = value(await bookAppointment(as(other!.actor), third));

  expect(await bookSeries(as(patient!.actor), series)).toMatchObject({
    code: "slot_unavailable",
    data: { clashes: [{ start: starts[2], code: "slot_unavailable" }] },
  });
  const [none] = await owner`select count(*)::int from appointments where patient_id = ${patient!.id}`;
  expect(none).toEqual({ count: 0 });

  await cancelAppointment(as(other!.actor), { id: inTheWay.id });
  const { items } = value(await bookSeries(as(patient!.actor), series));
  expect(items.map(({ start }) => start)).toEqual(starts);
  for (const wrong of [
    "FREQ=WEEKLY;COUNT=3",
    `${rrule};BYDAY=XX`,
    rrule.replace("COUNT=3", "COUNT=99"),
    rrule.replace(";COUNT=3", ""),
  ])
    expect(await bookSeries(as(patient!.actor), { ...series, rrule: wrong })).toMatchObject({
      code: "validation_failed",
      errors: [{ path: "rrule" }],
    });
});

it("lists what the caller may see, by day of the place, page by page", async () => {
  const place = await make.location("Pacific/Apia");
  const doctor = await make.doctor({ locationId: place, serviceIds: [serviceId], start: "00:00", end: "24:00" });
  const patient = await make.patient();
  // 3 March at the place is 2 March 11:00Z to 3 March 11:00Z.
  const starts = ["2026-03-02T10:30:00Z", "2026-03-02T11:00:00Z", "2026-03-03T10:30:00Z", "2026-03-03T11:00:00Z"];
  for (const start of starts)
    value(await bookAppointment(as(patient.actor), { serviceId, doctorId: doctor.id, start: new Date(start) }));
  const list = (query: object, actor: Actor = patient.actor) =>
    listAppointments(as(actor), listAppointmentsInput.parse(query)).then(value);

  const day = await list({ from: "2026-03-03", to: "2026-03-03" });
  expect(day.items.map(({ start }) => start)).toEqual(["2026-03-02T11:00:00.000Z", "2026-03-03T10:30:00.000Z"]);
  const paged: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await list({ limit: 3, ...(cursor ? { cursor } : {}) });
    paged.push(...page.items.map(({ start }) => start));
    cursor = page.nextCursor;
  }
  expect(paged.map((start) => Date.parse(start))).toEqual(starts.map((start) => Date.parse(start)));
  expect(await listAppointments(as(patient.actor), listAppointmentsInput.parse({ cursor: "nonsense" }))).toMatchObject({
    code: "validation_failed",
  });
  expect((await list({ status: "cancelled,no_show" })).items).toHaveLength(0);
  expect((await list({ doctorId: doctor.id }, (await make.patient()).actor)).items).toHaveLength(0);

  const late = new Date("2026-03-03T00:00:00Z");
  const board = value(await flowBoard(as(reception, late), { locationId: place, zones: ["Pacific/Apia"], most: 25 }));
  const today = board.flatMap(({ visits }) => visits);
  expect(today.map(({ start }) => start).sort()).toEqual(day.items.map(({ start }) => start));
  expect(today[0]).toMatchObject({ nextStatuses: expect.arrayContaining(["arrived"]), allowed: { cancel: true } });
  const past = value(await patientVisits(as(patient.actor, late), { when: "past" }));
  expect(past.items.map(({ start }) => start)).toEqual(["2026-03-02T11:00:00.000Z", "2026-03-02T10:30:00.000Z"]);
  const week = { doctorId: doctor.id, from: at("00:00", "2026-03-02"), to: at("00:00", "2026-03-09") };
  expect(value(await doctorCalendar(as(doctor.actor), week))).toHaveLength(4);
  const reference = day.items[0]!.reference.toLowerCase().replace("-", " ");
  expect(value(await getVisit(as(reception), { reference })).id).toBe(day.items[0]!.id);
});

it("books what was held in time, though it would be too soon by now", async () => {
  const service = await make.service({ minNoticeMinutes: 60 });
  const [doctor, patient] = await Promise.all([doctorOf({ serviceIds: [service] }), make.patient()]);
  const input = { serviceId: service, doctorId: doctor.id, start: at("10:00") };
  const later = new Date("2026-03-03T09:03:00Z");
  value(await holdSlot(as(patient.actor, at("09:00")), input));
  expect(await bookAppointment(as(patient.actor, later), { ...input, start: at("09:30") })).toMatchObject({
    data: { reasons: ["too_soon"] },
  });
  expect(value(await bookAppointment(as(patient.actor, later), input)).status).toBe("booked");
});

it("keeps the same status machine in the database as in the code", async () => {
  const { canTransition, STATUSES } = await import("@/lib/domain/status");
  const rows = await owner`select from_status, to_status from appointment_transitions`;
  const inDatabase = rows.map(({ from_status, to_status }) => `${from_status}>${to_status}`).sort();
  const inCode = STATUSES.flatMap((from) =>
    STATUSES.filter((to) => canTransition(from, to, { system: true })).map((to) => `${from}>${to}`),
  ).sort();
  expect(inDatabase).toEqual(inCode);
});
