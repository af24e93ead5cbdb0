import { expect, it } from "vitest";
import type { Actor, UserActor } from "@/lib/domain/actor";
import type { Context } from "@/lib/platform/context";
import { clinicMaker } from "@/tests/support/clinic";
import { testDb } from "@/tests/support/db";
import { bookAppointment } from "./book-appointment";
import { cancelAppointment } from "./cancel-appointment";
import { holdSlot } from "./hold-slot";
import { rescheduleAppointment } from "./reschedule-appointment";

const OPERATIONS = 10_000;
const CONCURRENCY = 32;
const { db, owner } = await testDb({ max: CONCURRENCY });
const make = clinicMaker(owner);
const now = new Date("2026-03-02T06:00:00Z");
const as = (actor: Actor): Context => ({ db, actor, now, requestId: "storm" });

/** A small generator with a seed, so that a failure can be run again. */
function randomFrom(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function runAll<T>(jobs: (() => Promise<T>)[], workers: number): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    for (let job = jobs[next++]; job; job = jobs[next++]) results.push(await job());
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}

/** Every rule that must hold whatever happened, asked of the database itself. */
async function brokenInvariants() {
  const overlapping = (key: string, range: string) => owner`
    select count(*)::int as count from appointments a join appointments b on a.${owner(key)} = b.${owner(key)} and a.id < b.id
      and a.${owner(range)} && b.${owner(range)} and a.status <> 'cancelled' and b.status <> 'cancelled'`;
  const [doctor] = await overlapping("doctor_id", "busy");
  const [room] = await overlapping("room_id", "busy");
  const [patient] = await overlapping("patient_id", "during");
  const [events] = await owner`
    select count(*) filter (where e.count is distinct from a.version)::int as count from appointments a
    left join (select appointment_id, count(*)::int from appointment_events group by 1) e on e.appointment_id = a.id`;
  const [messages] = await owner`
    select count(*)::int as count from (
      select appointment_id, type, version from appointment_events where type not like 'appointment.hold%' and type <> 'appointment.held') e
    full join (select (payload->>'appointmentId')::uuid as appointment_id, topic as type, (payload->>'version')::int as version from outbox) o
      using (appointment_id, type, version) where e.type is null or o.type is null`;
  const [audited] = await owner`
    select count(*)::int as count from appointments a where a.version is distinct from (
      select count(*)::int from audit_log l where l.table_name = 'appointments' and l.row_id = a.id::text and l.operation <> 'DELETE')`;
  const kept =
    await owner`select doctor_id, day, bits::text from doctor_busy_days where bits <> 0::bit(288) order by 1, 2`;
  await owner`select rebuild_busy_days()`;
  const rebuilt =
    await owner`select doctor_id, day, bits::text from doctor_busy_days where bits <> 0::bit(288) order by 1, 2`;
  return {
    doctors: doctor?.count,
    rooms: room?.count,
    patients: patient?.count,
    changesWithoutEvent: events?.count,
    eventsWithoutMessage: messages?.count,
    changesWithoutAudit: audited?.count,
    staleBusyDays: JSON.stringify(kept) === JSON.stringify(rebuilt) ? 0 : 1,
  };
}

const sound = {
  doctors: 0,
  rooms: 0,
  patients: 0,
  changesWithoutEvent: 0,
  eventsWithoutMessage: 0,
  changesWithoutAudit: 0,
  staleBusyDays: 0,
};

it("keeps every rule through random bookings, holds, moves and cancellations at once", async () => {
  const random = randomFrom(20_260_302);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const locationId = await make.location("America/New_York");
  await Promise.all([make.room(locationId), make.room(locationId), make.room(locationId)]);
  const services = await Promise.all([
    make.service({ durationMinutes: 30, slotStepMinutes: 10, bufferAfterMinutes: 10, requiresRoom: true }),
    make.service({ durationMinutes: 45, slotStepMinutes: 15, bufferBeforeMinutes: 5 }),
    // Off the five-minute grid, so that cells are shared.
    make.service({ durationMinutes: 17, slotStepMinutes: 7 }),
  ]);
  // Over midnight UTC, so that a visit marks two days.
  const doctors = await Promise.all(
    Array.from({ length: 6 }, () => make.doctor({ locationId, serviceIds: services, start: "17:00", end: "22:00" })),
  );
  const patients = await make.patients(25);
  const reception = await make.staff();
  const known: { id: string; actor: UserActor }[] = [];
  // 17:00 in New York is 22:00Z.
  const time = () => new Date(Date.parse("2026-03-03T22:00:00Z") + random(8) * 86_400_000 + random(300) * 60_000);
  const aligned = (step: number) => {
    const start = time();
    const opening = Date.parse(`${start.toISOString().slice(0, 10)}T22:00:00Z`);
    const open = start.getTime() < opening ? opening - 86_400_000 : opening;
    return new Date(open + Math.floor((start.getTime() - open) / (step * 60_000)) * step * 60_000);
  };

  const act = async (): Promise<string> => {
    const { actor } = pick(patients);
    const which = random(3);
    const wanted = { serviceId: services[which]!, doctorId: pick(doctors).id, start: aligned([10, 15, 7][which]!) };
    const dice = random(10);
    const visit = known.length > 0 ? pick(known) : undefined;
    if (dice < 5 || !visit) {
      const booked = await bookAppointment(as(actor), wanted);
      if (booked.ok) known.push({ id: booked.value.id, actor });
      return booked.ok ? "booked" : booked.code;
    }
    if (dice === 5) {
      const held = await holdSlot(as(actor), wanted);
      return held.ok ? "held" : held.code;
    }
    if (dice < 9) {
      const by = random(2) === 0 ? visit.actor : reception;
      const { doctorId, start } = wanted;
      const moved = await rescheduleAppointment(as(by), {
        id: visit.id,
        doctorId,
        start,
        ...(by === reception ? { overrideReason: "storm" } : {}),
      });
      return moved.ok ? "moved" : moved.code;
    }
    known.splice(known.indexOf(visit), 1);
    const cancelled = await cancelAppointment(as(visit.actor), { id: visit.id });
    return cancelled.ok ? "cancelled" : cancelled.code;
  };

  const outcomes = await runAll(
    Array.from({ length: OPERATIONS }, () => act),
    CONCURRENCY,
  );
  const counted = Object.fromEntries(
    [...new Set(outcomes)].map((name) => [name, outcomes.filter((o) => o === name).length]),
  );
  for (const name of ["booked", "held", "moved", "cancelled", "slot_unavailable", "patient_busy"]) {
    expect(counted[name], `${name} in ${JSON.stringify(counted)}`).toBeGreaterThan(0);
  }
  expect(await brokenInvariants()).toEqual(sound);
}, 300_000);

it("gives one slot to one of sixty-four, again and again", async () => {
  const locationId = await make.location();
  const serviceId = await make.service();
  const doctor = await make.doctor({ locationId, serviceIds: [serviceId] });
  const patients = await make.patients(64);
  for (let round = 0; round < 10; round++) {
    const start = new Date(Date.parse("2026-03-04T08:00:00Z") + round * 1_800_000);
    const results = await Promise.all(
      patients.map(({ actor }) => bookAppointment(as(actor), { serviceId, doctorId: doctor.id, start })),
    );
    const codes = results.map((result) => (result.ok ? "won" : result.code)).sort();
    expect(codes).toEqual([...Array(63).fill("slot_unavailable"), "won"]);
  }
  expect(await brokenInvariants()).toEqual(sound);
}, 120_000);
