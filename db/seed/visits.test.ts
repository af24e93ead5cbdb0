import { expect, it } from "vitest";
import { DAY, MINUTE, overlaps } from "@/lib/domain/interval";
import { isOffered, type SlotDay } from "@/lib/domain/judge-slot";
import { applyExceptions, expandRules, openHours } from "@/lib/domain/schedule";
import { STATUSES } from "@/lib/domain/status";
import { localDate, localTime } from "@/lib/domain/zone";
import { planClinic, type SeedService } from "./clinic";
import { planPeople } from "./people";
import { randomFrom } from "./random";
import { planVisits, type SeedVisit } from "./visits";

const planNew = async (now: Date) => {
  const random = randomFrom(7);
  const clinic = planClinic(random, now);
  const people = await planPeople(random, clinic, now);
  return { clinic, people, visits: planVisits(random, clinic, people, now) };
};

const plans = new Map<number, ReturnType<typeof planNew>>();
/** Sixteen weeks take a second to plan, so the tests share one plan of each moment. */
function planAt(now: Date) {
  const plan = plans.get(now.getTime()) ?? planNew(now);
  plans.set(now.getTime(), plan);
  return plan;
}

// A weekday noon, a Saturday evening, the night of a clock change, New Year's night, the middle of the night.
const MOMENTS = [
  "2026-06-03T11:10:00Z",
  "2026-09-12T20:47:13Z",
  "2026-03-29T00:40:00Z",
  "2026-12-31T23:59:30Z",
  "2027-02-10T03:05:00Z",
].map((text) => new Date(text));

it.each(MOMENTS)(
  "looks alive at %s",
  async (now) => {
    const { clinic, people, visits } = await planAt(now);
    const seconds = now.getTime() / 1_000;
    expect(clinic.locations).toHaveLength(4);
    expect(new Set(clinic.locations.map(({ timeZone }) => timeZone)).size).toBeGreaterThanOrEqual(3);
    expect([clinic.doctors.length, clinic.services.length, people.patients.length]).toEqual([12, 10, 400]);
    expect(new Set(visits.map(({ status }) => status))).toEqual(new Set(STATUSES));

    const doctor = visits.filter(({ doctorId, status }) => doctorId === clinic.demoDoctorId && status !== "cancelled");
    const today = doctor.filter(
      ({ during }) => localDate(during.start, "Europe/London") === localDate(seconds, "Europe/London"),
    );
    expect(today.length).toBeGreaterThanOrEqual(15);
    for (const patientId of people.demoPatientIds) {
      const own = visits.filter((visit) => visit.patientId === patientId);
      expect(own.some(({ status }) => status === "fulfilled")).toBe(true);
      expect(own.some(({ status, during }) => status === "booked" && during.start > seconds)).toBe(true);
    }
    const known = doctor.filter(({ patientId }) => patientId === people.demoPatientIds[0]);
    expect(known.some(({ status }) => status === "fulfilled")).toBe(true);
    expect(visits.some(({ during }) => during.start < seconds - 50 * DAY)).toBe(true);
    expect(visits.some(({ during }) => during.start > seconds + 50 * DAY)).toBe(true);
  },
  30_000,
);

it("keeps a day that is looked at within working hours within them", async () => {
  const { clinic, visits } = await planAt(new Date("2026-11-25T12:50:00Z"));
  const times = visits
    .filter(({ doctorId, status }) => doctorId === clinic.demoDoctorId && status !== "cancelled")
    .filter(({ during }) => localDate(during.start, "Europe/London") === "2026-11-25")
    .flatMap(({ during }) => [during.start, during.end])
    .map((seconds) => localTime(seconds, "Europe/London"));
  expect(times.every((time) => (time >= "08:30" && time <= "12:30") || (time >= "13:30" && time <= "17:30"))).toBe(
    true,
  );
}, 30_000);

it.each(MOMENTS)(
  "books nothing at %s that search would not have offered",
  async (now) => {
    const { clinic, visits } = await planAt(now);
    const active = visits.filter(({ status }) => status !== "cancelled");
    const near = (key: keyof SeedVisit) => grouped(active, (visit) => `${visit[key]} ${dayOf(visit)}`);
    const [byDoctor, byRoom, byPatient] = [near("doctorId"), near("roomId"), near("patientId")];
    const others = (groups: Map<string, SeedVisit[]>, key: keyof SeedVisit, visit: SeedVisit) =>
      visit.status === "cancelled"
        ? []
        : [-1, 0, 1].flatMap((ahead) =>
            (groups.get(`${visit[key]} ${dayOf(visit) + ahead}`) ?? []).filter((other) => other !== visit),
          );

    const refused = visits.filter((visit) => {
      const doctor = clinic.doctors.find(({ id }) => id === visit.doctorId)!;
      const service = clinic.services.find(({ id }) => id === visit.serviceId)!;
      const range = { start: visit.during.start - DAY, end: visit.during.end + DAY };
      const windows = expandRules(doctor.rules, range, clinic.zoneOf, service.id);
      const day: SlotDay = {
        shape: shapeOf(service),
        isServiceOffered: doctor.serviceIds.includes(service.id),
        hours: openHours(windows, doctor.exceptions, clinic.zoneOf),
        windows: applyExceptions(windows, doctor.exceptions, clinic.zoneOf),
        busy: others(byDoctor, "doctorId", visit).map(({ busy }) => busy),
        rooms: null,
        earliest: visit.requestedAt.getTime() / 1_000,
        latest: Infinity,
      };
      const inRoom = visit.roomId ? others(byRoom, "roomId", visit) : [];
      return (
        !isOffered(day, visit.during.start, visit.locationId) ||
        Boolean(visit.roomId) !== Boolean(service.requiresRoom) ||
        inRoom.some(({ busy }) => overlaps(busy, visit.busy)) ||
        others(byPatient, "patientId", visit).some(({ during }) => overlaps(during, visit.during))
      );
    });
    expect(refused).toEqual([]);
  },
  30_000,
);

it("tells each story in order, up to now", async () => {
  const now = MOMENTS[0]!;
  const wrong = (await planAt(now)).visits.filter((visit) => {
    const instants = visit.events.map(({ at }) => at.getTime());
    const isOrdered = instants.every((at, index) => at <= now.getTime() && at >= (instants[index - 1] ?? 0));
    const isAskedBefore = visit.requestedAt.getTime() < visit.during.start * 1_000;
    return !isOrdered || !isAskedBefore || (visit.cancelledAt !== null) !== (visit.status === "cancelled");
  });
  expect(wrong).toEqual([]);
});

it("makes the same clinic at the same moment", async () => {
  const [one, two] = [await planAt(MOMENTS[1]!), await planNew(MOMENTS[1]!)];
  expect(JSON.stringify(two.visits)).toBe(JSON.stringify(one.visits));
}, 30_000);

const dayOf = ({ during }: SeedVisit) => Math.floor(during.start / DAY);

const shapeOf = (service: SeedService) => ({
  visit: service.durationMinutes * MINUTE,
  step: service.slotStepMinutes * MINUTE,
  before: (service.bufferBeforeMinutes ?? 0) * MINUTE,
  after: (service.bufferAfterMinutes ?? 0) * MINUTE,
});

function grouped(visits: SeedVisit[], keyOf: (visit: SeedVisit) => string): Map<string, SeedVisit[]> {
  const groups = new Map<string, SeedVisit[]>();
  for (const visit of visits) groups.set(keyOf(visit), [...(groups.get(keyOf(visit)) ?? []), visit]);
  return groups;
}
