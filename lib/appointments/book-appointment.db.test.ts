import { expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import type { Context } from "@/lib/platform/context";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { bookAppointment } from "./book-appointment";

const { db, owner } = await testDb({ max: 16 });
const make = clinicMaker(owner);
const now = new Date("2026-03-02T06:00:00Z");
const as = (actor: Actor, at = now): Context => ({ db, actor, now: at, requestId: "test" });
const at = (time: string, day = "2026-03-03") => new Date(`${day}T${time}:00Z`);

const locationId = await make.location();
const serviceId = await make.service();
const newDoctor = (more = {}) => make.doctor({ locationId, serviceIds: [serviceId], ...more });

it("gives a contested slot to exactly one of twenty patients", async () => {
  const doctor = await newDoctor();
  const patients = await make.patients(20);
  const booking = { serviceId, doctorId: doctor.id, start: at("10:00") };

  const results = await Promise.all(patients.map((patient) => bookAppointment(as(patient.actor), booking)));

  expect(results.filter((result) => result.ok)).toHaveLength(1);
  const lost = results.flatMap((result) => (result.ok ? [] : [result.code]));
  expect(lost).toEqual(Array(19).fill("slot_unavailable"));
  const [rows] = await owner`select
    (select count(*)::int from appointments where doctor_id = ${doctor.id}) as visits,
    (select count(*)::int from appointment_events e join appointments a on a.id = e.appointment_id where a.doctor_id = ${doctor.id}) as events,
    (select count(*)::int from outbox o join appointments a on a.id = (o.payload->>'appointmentId')::uuid where a.doctor_id = ${doctor.id}) as messages`;
  expect(rows).toEqual({ visits: 1, events: 1, messages: 1 });
});

it("answers with the visit as the contract shows it", async () => {
  const doctor = await newDoctor();
  const patient = await make.patient();
  const booked = await bookAppointment(as(patient.actor), {
    serviceId,
    doctorId: doctor.id,
    start: at("10:30"),
    reason: "cough",
  });
  expect(booked).toMatchObject({
    ok: true,
    value: {
      status: "booked",
      start: "2026-03-03T10:30:00.000Z",
      end: "2026-03-03T11:00:00.000Z",
      timeZone: "UTC",
      reason: "cough",
      patient: { id: patient.id },
      doctor: { id: doctor.id },
      location: { id: locationId },
      version: 1,
      confirmedAt: null,
      holdExpiresAt: null,
    },
  });
  expect(booked.ok && booked.value.reference).toMatch(/^[346-79ACDEFGHJKMNPRTX]{4}-[346-79ACDEFGHJKMNPRTX]{4}$/);
});
