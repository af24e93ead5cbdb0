import { addDays, dayNumber, secondsOfTime, weekday } from "@/lib/domain/calendar";
import { HOUR, type Interval, MINUTE } from "@/lib/domain/interval";
import type { ScheduleException, WeeklyRule } from "@/lib/domain/schedule";
import { dayBounds, instantOf, localDate } from "@/lib/domain/zone";
import { DEMO_DOCTOR_EMAIL, DOCTORS, type DoctorSeed, sittingsOf } from "./doctors";
import { PLACES, type PlaceKey } from "./places";
import type { Random } from "./random";
import { SERVICES, type ServiceSeed } from "./services";

export type SeedLocation = {
  id: string;
  key: PlaceKey;
  name: string;
  timeZone: string;
  address: string;
  phone: string;
};
/** `serviceIds` null: every service of its location. */
export type SeedRoom = { id: string; locationId: string; name: string; serviceIds: string[] | null };
export type SeedService = ServiceSeed & { id: string };
export type SeedException = ScheduleException & { id: string; reason: string | null };
export type SeedDoctor = {
  id: string;
  userId: string;
  name: string;
  email: string;
  specialty: string;
  serviceIds: string[];
  locationIds: string[];
  rules: (WeeklyRule & { id: string })[];
  exceptions: SeedException[];
};
export type SeedClinic = {
  locations: SeedLocation[];
  rooms: SeedRoom[];
  services: SeedService[];
  doctors: SeedDoctor[];
  demoDoctorId: string;
  zoneOf: (locationId: string) => string;
};

const found = <T>(item: T | undefined, what: string): T => {
  if (item === undefined) throw new Error(`the seed names an unknown ${what}`);
  return item;
};

/** Places, rooms, services, doctors and their hours; everything that moves with `now` is counted from its day. */
export function planClinic(random: Random, now: Date): SeedClinic {
  const id = () => random.uuid(now);
  const services: SeedService[] = SERVICES.map((service) => ({ ...service, id: id() }));
  const serviceIds = (keys: readonly string[]) =>
    keys.map(
      (key) =>
        found(
          services.find((service) => service.key === key),
          "service",
        ).id,
    );
  const locations: SeedLocation[] = PLACES.map(({ rooms: _, ...place }) => ({ ...place, id: id() }));
  const place = (key: PlaceKey) =>
    found(
      locations.find((location) => location.key === key),
      "place",
    );
  const rooms = PLACES.flatMap(({ key, rooms: seeds }) =>
    seeds.map((room) => ({
      id: id(),
      locationId: place(key).id,
      name: room.name,
      serviceIds: "serves" in room ? serviceIds(room.serves) : null,
    })),
  );
  const doctors = DOCTORS.map((seed) => planDoctor(seed, { id, place, serviceIds, now }));
  const demo = found(
    doctors.find(({ email }) => email === DEMO_DOCTOR_EMAIL),
    "doctor",
  );
  return {
    locations,
    rooms,
    services,
    doctors,
    demoDoctorId: demo.id,
    zoneOf: (locationId) =>
      found(
        locations.find((location) => location.id === locationId),
        "location",
      ).timeZone,
  };
}

type Lookups = {
  id: () => string;
  place: (key: PlaceKey) => SeedLocation;
  serviceIds: (keys: readonly string[]) => string[];
  now: Date;
};

function planDoctor(seed: DoctorSeed, { id, place, serviceIds, now }: Lookups): SeedDoctor {
  const rules = seed.hours.flatMap(({ at, week, only }) =>
    sittingsOf(week).map((sitting) => ({
      ...sitting,
      id: id(),
      locationId: place(at).id,
      serviceIds: only ? serviceIds(only) : null,
    })),
  );
  const home = place(found(seed.hours[0], "place of a doctor").at);
  return {
    id: id(),
    userId: id(),
    name: seed.name,
    email: seed.email,
    specialty: seed.specialty,
    serviceIds: serviceIds(seed.services),
    locationIds: [...new Set(rules.map(({ locationId }) => locationId))],
    rules,
    exceptions: planExceptions(seed, home, now).map((exception) => ({ ...exception, id: id() })),
  };
}

function planExceptions(seed: DoctorSeed, home: SeedLocation, now: Date): Omit<SeedException, "id">[] {
  const today = localDate(now.getTime() / 1_000, home.timeZone);
  const exceptions: Omit<SeedException, "id">[] = [];
  if (seed.leave) {
    const [from, days, reason] = seed.leave;
    const { start } = dayBounds(addDays(today, from), home.timeZone);
    const { end } = dayBounds(addDays(today, from + days - 1), home.timeZone);
    exceptions.push({ kind: "leave", locationId: null, start, end, reason });
  }
  if (seed.extra) {
    const [day, from, until] = seed.extra;
    exceptions.push(extra(home, span(home, addDays(today, day), from, until), "Extra clinic"));
  }
  if (seed.email === DEMO_DOCTOR_EMAIL) {
    exceptions.push(...demoToday(seed, home, today, now).map((hours) => extra(home, hours, "Open today for the demo")));
  }
  return exceptions;
}

const extra = (home: SeedLocation, hours: Interval, reason: string) =>
  ({ kind: "extra", locationId: home.id, ...hours, reason }) as const;

const span = (home: SeedLocation, date: string, from: string, until: string): Interval => ({
  start: instantOf(home.timeZone, dayNumber(date), secondsOfTime(from), "opens"),
  end: instantOf(home.timeZone, dayNumber(date), secondsOfTime(until), "closes"),
});

/** The demo's doctor is at work whenever somebody looks: at a weekend, and in the middle of the night. */
function demoToday(seed: DoctorSeed, home: SeedLocation, today: string, now: Date): Interval[] {
  const sittings = sittingsOf(found(seed.hours[0], "hours").week);
  const own = sittings.filter((sitting) => sitting.weekday === weekday(today));
  const wanted = own.length > 0 ? own : sittings.filter((sitting) => sitting.weekday === 1);
  const open = wanted.map((sitting) => span(home, today, sitting.start, sitting.end));
  const hours = own.length > 0 ? [] : open;

  // Lunch counts as work: whoever is next already waits. Too early or too late there is nobody to show, and the day gets hours around now.
  const instant = Math.floor(now.getTime() / 1_000);
  const [first, last] = [found(open[0], "opening").start, found(open.at(-1), "closing").end];
  if (first + 30 * MINUTE <= instant && instant + 90 * MINUTE <= last) return hours;
  const around = Math.floor(instant / (30 * MINUTE)) * 30 * MINUTE;
  return [...hours, { start: around - HOUR, end: around + 2 * HOUR }];
}
