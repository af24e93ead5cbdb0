import { DAY, HOUR, type Interval, MINUTE, overlaps } from "@/lib/domain/interval";
import { applyExceptions, expandRules, type Window } from "@/lib/domain/schedule";
import { localDay } from "@/lib/domain/zone";
import type { SeedClinic, SeedDoctor, SeedRoom, SeedService } from "./clinic";
import { REASONS } from "./names";
import type { SeedPatient, SeedPeople } from "./people";
import { CLINIC } from "./places";
import type { Random } from "./random";
import { type Ending, type Story, tellStory } from "./story";

const WEEKS = 8;
const HELD_VISITS = 3;

export type SeedVisit = Story & {
  id: string;
  reference: string;
  serviceId: string;
  doctorId: string;
  locationId: string;
  roomId: string | null;
  patientId: string;
  /** Epoch seconds. */
  during: Interval;
  busy: Interval;
  reason: string | null;
  videoUrl: string | null;
  cancelReason: string | null;
  holdExpiresAt: Date | null;
  createdByUserId: string;
};

/** `doctorId` null: whoever is free. */
type Wish = { patientId: string; doctorId: string | null; day: number; ending: Ending };
type Planner = {
  random: Random;
  clinic: SeedClinic;
  people: SeedPeople;
  now: Date;
  nowSeconds: number;
  visits: SeedVisit[];
  /** Until when a doctor is taken, buffers included. */
  doctorUntil: Map<string, number>;
  roomBusy: Map<string, Interval[]>;
  patientBusy: Map<string, Interval[]>;
  seen: Set<string>;
  wishes: Wish[];
};

type Day = { doctor: SeedDoctor; sitting: Window; windowsFor: Map<string, readonly Window[]> };

/** Eight weeks behind `now` and eight ahead, by the rules by which visits are booked; at the same `now` always the same. */
export function planVisits(random: Random, clinic: SeedClinic, people: SeedPeople, now: Date): SeedVisit[] {
  const nowSeconds = Math.floor(now.getTime() / 1_000);
  const plan: Planner = {
    random,
    clinic,
    people,
    now,
    nowSeconds,
    visits: [],
    doctorUntil: new Map(),
    roomBusy: new Map(clinic.rooms.map((room) => [room.id, []])),
    patientBusy: new Map(people.patients.map((patient) => [patient.id, []])),
    seen: new Set(),
    wishes: wishesOf(people, clinic.demoDoctorId),
  };
  const range = { start: nowSeconds - WEEKS * 7 * DAY, end: nowSeconds + WEEKS * 7 * DAY };
  const days = clinic.doctors.flatMap((doctor) => daysOf(doctor, clinic, range));
  days.sort((a, b) => a.sitting.start - b.sitting.start);
  for (const day of days) fillSitting(plan, day);
  bringToLife(plan);
  addHolds(plan);
  return plan.visits;
}

/** The demo's own people have been here, and will come again; the one who can sign in knows the doctor who can. */
const wishesOf = ({ demoPatientIds }: SeedPeople, demoDoctorId: string): Wish[] =>
  demoPatientIds.flatMap((patientId, nth) => [
    { patientId, doctorId: nth === 0 ? demoDoctorId : null, day: -40 + nth, ending: "kept" },
    { patientId, doctorId: null, day: -18 + nth, ending: nth === 0 ? "no_show" : "kept" },
    { patientId, doctorId: null, day: -5 + nth, ending: nth === 0 ? "cancelled" : "kept" },
    { patientId, doctorId: null, day: 3 + nth, ending: "as-planned" },
    { patientId, doctorId: null, day: 15 + nth, ending: "as-planned" },
  ]);

function daysOf(doctor: SeedDoctor, clinic: SeedClinic, range: Interval): Day[] {
  const windows = (serviceId?: string) =>
    applyExceptions(expandRules(doctor.rules, range, clinic.zoneOf, serviceId), doctor.exceptions, clinic.zoneOf);
  const windowsFor = new Map(doctor.serviceIds.map((id) => [id, windows(id)]));
  return windows()
    .filter((sitting) => sitting.start >= range.start && sitting.end <= range.end)
    .map((sitting) => ({ doctor, sitting, windowsFor }));
}

function fillSitting(plan: Planner, day: Day): void {
  const { random, doctorUntil } = plan;
  const full = isFullToday(plan, day);
  let cursor = day.sitting.start;
  for (let misses = 0; misses < 4; ) {
    const until = doctorUntil.get(day.doctor.id) ?? -Infinity;
    const options = servicesOf(plan.clinic, day.doctor).flatMap((service) => {
      const start = firstStart(day, service, cursor, until);
      return start === null ? [] : [{ service, start }];
    });
    if (options.length === 0) return;
    const soonest = Math.min(...options.map(({ start }) => start));
    const { service, start } = random.pick(full ? options.filter((option) => option.start === soonest) : options);
    if (!full && !random.chance(occupancy(start - plan.nowSeconds))) {
      cursor = start + 5 * MINUTE * random.int(2, 8);
      continue;
    }
    const placed = place(plan, day, service, start, full);
    if (!placed) misses++;
    else if (placed.status !== "cancelled") cursor = placed.during.end;
  }
}

/** Every service as often as it is asked for. */
const servicesOf = (clinic: SeedClinic, doctor: SeedDoctor) =>
  clinic.services.flatMap((service) =>
    doctor.serviceIds.includes(service.id) ? Array.from({ length: service.weight }, () => service) : [],
  );

/** The calendar of the doctor who can sign in has no hole today. */
function isFullToday({ clinic, nowSeconds }: Planner, { doctor, sitting }: Day): boolean {
  if (doctor.id !== clinic.demoDoctorId) return false;
  const zone = clinic.zoneOf(sitting.locationId);
  const isNow = sitting.start <= nowSeconds && nowSeconds < sitting.end;
  return isNow || localDay(sitting.start, zone) === localDay(nowSeconds, zone);
}

/** The further ahead, the emptier; about half of the past was taken. */
function occupancy(secondsAhead: number): number {
  if (secondsAhead < 0) return 0.42;
  return Math.max(0.06, 0.5 * Math.exp(-secondsAhead / (18 * DAY)));
}

const shapeOf = (service: SeedService) => ({
  visit: service.durationMinutes * MINUTE,
  step: service.slotStepMinutes * MINUTE,
  before: (service.bufferBeforeMinutes ?? 0) * MINUTE,
  after: (service.bufferAfterMinutes ?? 0) * MINUTE,
});

/** The first start of the service in this sitting that is on its grid and clear of the visit before. */
function firstStart(day: Day, service: SeedService, cursor: number, doctorUntil: number): number | null {
  const { visit, step, before } = shapeOf(service);
  const window = day.windowsFor
    .get(service.id)
    ?.find((one) => one.locationId === day.sitting.locationId && one.end > cursor && overlaps(one, day.sitting));
  if (!window) return null;
  const earliest = Math.max(window.start, cursor, doctorUntil + before);
  const start = window.start + Math.ceil((earliest - window.start) / step) * step;
  return start + visit <= window.end ? start : null;
}

function place(plan: Planner, day: Day, service: SeedService, start: number, full: boolean): SeedVisit | null {
  const { random, nowSeconds } = plan;
  const { visit, before, after } = shapeOf(service);
  const during = { start, end: start + visit };
  const busy = { start: start - before, end: during.end + after };
  const room = service.requiresRoom ? freeRoom(plan, day.sitting.locationId, service, busy) : null;
  if (room === undefined) return null;
  const wish = full ? undefined : takeWish(plan, day, service, during);
  const patient = wish ? personOf(plan, wish.patientId) : freePatient(plan, day, service, during);
  if (!patient) return null;

  const isAhead = start > nowSeconds + 2 * HOUR || start < nowSeconds - DAY;
  const ending = wish?.ending ?? (isAhead && random.chance(0.08) ? "cancelled" : "as-planned");
  const made = visitOf(plan, { day, service, during, busy, roomId: room?.id ?? null, patient, ending });
  plan.visits.push(made);
  if (made.status === "cancelled") return made;
  plan.seen.add(patient.id);
  plan.doctorUntil.set(day.doctor.id, busy.end);
  plan.patientBusy.get(patient.id)?.push(during);
  if (room) plan.roomBusy.get(room.id)?.push(busy);
  return made;
}

/** Undefined where every room that serves the service is taken. */
function freeRoom(plan: Planner, locationId: string, service: SeedService, busy: Interval): SeedRoom | undefined {
  return plan.clinic.rooms.find(
    (room) =>
      room.locationId === locationId &&
      (room.serviceIds === null || room.serviceIds.includes(service.id)) &&
      !plan.roomBusy.get(room.id)?.some((taken) => overlaps(taken, busy)),
  );
}

const suits = (service: SeedService, patient: SeedPatient) =>
  service.people === "everybody" || (service.people === "children") === patient.isChild;

/** Nobody comes twice within the same day. */
const isFree = (plan: Planner, patientId: string, { start, end }: Interval) =>
  !plan.patientBusy
    .get(patientId)
    ?.some((taken) => overlaps(taken, { start: start - 16 * HOUR, end: end + 16 * HOUR }));

const knows = (plan: Planner, service: SeedService, patientId: string) =>
  service.audience === "new" ? !plan.seen.has(patientId) : true;

function personOf(plan: Planner, patientId: string): SeedPatient {
  const person = plan.people.patients.find(({ id }) => id === patientId);
  if (!person) throw new Error("a wish names an unknown patient");
  return person;
}

function takeWish(plan: Planner, day: Day, service: SeedService, during: Interval): Wish | undefined {
  const at = plan.wishes.findIndex(({ patientId, doctorId, day: wanted }) => {
    const person = personOf(plan, patientId);
    const isDue = during.start >= plan.nowSeconds + wanted * DAY && (wanted > 0 || during.end < plan.nowSeconds - DAY);
    const fits = person.locationId === day.sitting.locationId && suits(service, person) && service.audience !== "new";
    const isTheirs = doctorId === null || doctorId === day.doctor.id;
    return isDue && fits && isTheirs && isFree(plan, patientId, during);
  });
  return at < 0 ? undefined : plan.wishes.splice(at, 1)[0];
}

function freePatient(plan: Planner, day: Day, service: SeedService, during: Interval): SeedPatient | undefined {
  const local = plan.people.patients.filter(
    ({ id, locationId }) => locationId === day.sitting.locationId && !plan.people.demoPatientIds.includes(id),
  );
  for (let tries = 0; tries < 40; tries++) {
    const patient = plan.random.pick(local);
    if (suits(service, patient) && knows(plan, service, patient.id) && isFree(plan, patient.id, during)) return patient;
  }
  return undefined;
}

type Placed = {
  day: Day;
  service: SeedService;
  during: Interval;
  busy: Interval;
  roomId: string | null;
  patient: SeedPatient;
  ending: Ending;
};

function visitOf(plan: Planner, { day, service, during, busy, roomId, patient, ending }: Placed): SeedVisit {
  const { random, now } = plan;
  const [startsAt, endsAt] = [new Date(during.start * 1_000), new Date(during.end * 1_000)];
  const story = tellStory(random, { startsAt, endsAt, now, ending });
  const proxy = plan.people.proxies.find(({ patientId }) => patientId === patient.id);
  const says = REASONS[service.name];
  const id = random.uuid(story.requestedAt);
  return {
    ...story,
    id,
    reference: random.reference(),
    serviceId: service.id,
    doctorId: day.doctor.id,
    locationId: day.sitting.locationId,
    roomId,
    patientId: patient.id,
    during,
    busy,
    videoUrl: service.modality === "video" ? `${CLINIC.videoBaseUrl}slotwell-${id}` : null,
    reason: says && random.chance(0.6) ? random.pick(says) : null,
    cancelReason:
      story.cancelledAt && random.chance(0.5)
        ? random.pick(["Feeling better", "Cannot get away from work", "Found an earlier time"])
        : null,
    holdExpiresAt: null,
    createdByUserId: patient.userId ?? proxy?.userId ?? plan.people.receptionUserId,
  };
}

/** The demo's doctor has somebody in the room, somebody at the door of it and somebody at the desk. */
function bringToLife(plan: Planner): void {
  const own = plan.visits
    .filter(({ doctorId, status }) => doctorId === plan.clinic.demoDoctorId && status !== "cancelled")
    .sort((a, b) => a.during.start - b.during.start);
  const next = own.findIndex(({ during }) => during.start > plan.nowSeconds);
  const endings: Ending[] = ["in_progress", "checked_in", "arrived"];
  for (const [index, ending] of endings.entries()) {
    const visit = own[next - 1 + index];
    if (!visit) throw new Error("the demo's doctor is not at work");
    const [startsAt, endsAt] = [new Date(visit.during.start * 1_000), new Date(visit.during.end * 1_000)];
    Object.assign(visit, tellStory(plan.random, { startsAt, endsAt, now: plan.now, ending }));
  }
}

/** A few people are choosing right now: their times are held for five minutes. */
function addHolds(plan: Planner): void {
  const ahead = plan.visits.filter(
    ({ status, during, confirmedAt, patientId, rescheduleCount }) =>
      status === "booked" &&
      !confirmedAt &&
      rescheduleCount === 0 &&
      during.start > plan.nowSeconds + 9 * DAY &&
      !plan.people.demoPatientIds.includes(patientId),
  );
  for (const visit of ahead.slice(0, HELD_VISITS)) {
    const at = new Date(plan.now.getTime() - 30_000);
    Object.assign(visit, {
      status: "held",
      requestedAt: at,
      holdExpiresAt: new Date(at.getTime() + 5 * 60_000),
      reason: null,
      events: [{ type: "appointment.held", at, data: {} }],
    } satisfies Partial<SeedVisit>);
  }
}
