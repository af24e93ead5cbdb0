import { hash } from "@node-rs/argon2";
import type { Role } from "@/lib/domain/actor";
import { dateOf, dayNumber } from "@/lib/domain/calendar";
import type { SeedClinic, SeedLocation } from "./clinic";
import { NAMES } from "./names";
import type { Random } from "./random";

const PATIENTS_PER_LOCATION = 100;

/** Known to everybody who reads the README, which is why the seed refuses to run in production. */
export const DEMO_PASSWORD = "demo-clinic-2026!";

export type SeedUser = {
  id: string;
  email: string;
  displayName: string;
  role: Role;
  passwordHash: string | null;
  timeZone: string;
};
export type SeedPatient = {
  id: string;
  userId: string | null;
  givenName: string;
  familyName: string;
  dateOfBirth: string;
  sex: "female" | "male" | "other" | "unknown";
  email: string | null;
  phone: string | null;
  address: string | null;
  timeZone: string;
  /** Not columns: where they go, and whether they are a child. */
  locationId: string;
  isChild: boolean;
};
export type SeedProxy = { id: string; patientId: string; userId: string; relationship: string };
export type SeedPeople = {
  users: SeedUser[];
  patients: SeedPatient[];
  proxies: SeedProxy[];
  receptionUserId: string;
  /** The demo accounts' own people: these must have visits behind and ahead of them. */
  demoPatientIds: string[];
};

/** argon2id as the accounts use it (m=19456, t=2, p=1); one hash for all five, as it is one password. */
const passwordHash = () => hash(DEMO_PASSWORD, { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 });

export async function planPeople(random: Random, clinic: SeedClinic, now: Date): Promise<SeedPeople> {
  const password = await passwordHash();
  const [home] = clinic.locations;
  if (!home) throw new Error("the clinic has no location");
  const account = (email: string, displayName: string, role: Role): SeedUser => ({
    id: random.uuid(now),
    email,
    displayName,
    role,
    passwordHash: password,
    timeZone: home.timeZone,
  });
  const patientUser = account("patient@demo.test", "Beatriz Lindqvist", "patient");
  const parentUser = account("parent@demo.test", "Tomás Achterberg", "patient");
  const reception = account("reception@demo.test", "Jonah Brightwell", "receptionist");
  const admin = account("admin@demo.test", "Ruth Castellan", "admin");
  const family = demoFamily(random, home, now, { patientUser, parentUser });
  const doctors = clinic.doctors.map((doctor) => doctorUser(doctor, clinic, password));
  return {
    users: [patientUser, parentUser, reception, admin, ...doctors],
    patients: [...family.patients, ...crowd(random, clinic, now, family.patients.length)],
    proxies: family.proxies,
    receptionUserId: reception.id,
    demoPatientIds: family.patients.map(({ id }) => id),
  };
}

/** Of the doctors only the demo's one has a password; the others would ask for theirs by mail. */
const doctorUser = (doctor: SeedClinic["doctors"][number], clinic: SeedClinic, password: string): SeedUser => ({
  id: doctor.userId,
  email: doctor.email,
  displayName: doctor.name,
  role: "doctor",
  passwordHash: doctor.id === clinic.demoDoctorId ? password : null,
  timeZone: clinic.zoneOf(doctor.locationIds[0] ?? ""),
});

function demoFamily(
  random: Random,
  home: SeedLocation,
  now: Date,
  { patientUser, parentUser }: { patientUser: SeedUser; parentUser: SeedUser },
) {
  const yearsAgo = (years: number, days: number) => dateOf(Math.floor(now.getTime() / 86_400_000) - years * 365 - days);
  const person = (names: [string, string], sex: SeedPatient["sex"], dateOfBirth: string, user: SeedUser | null) => ({
    id: random.uuid(now),
    userId: user?.id ?? null,
    givenName: names[0],
    familyName: names[1],
    dateOfBirth,
    sex,
    email: user?.email ?? null,
    phone: user ? "+447700900123" : null,
    address: "3 Mill Lane, London SE1",
    timeZone: home.timeZone,
    locationId: home.id,
    isChild: user === null,
  });
  const patient = person(["Beatriz", "Lindqvist"], "female", "1987-04-17", patientUser);
  const parent = person(["Tomás", "Achterberg"], "male", "1984-11-02", parentUser);
  const children = [
    person(["Juno", "Achterberg"], "female", yearsAgo(7, 96), null),
    person(["Mateus", "Achterberg"], "male", yearsAgo(3, 210), null),
  ];
  const proxies = children.map((child) => ({
    id: random.uuid(now),
    patientId: child.id,
    userId: parentUser.id,
    relationship: "parent",
  }));
  return { patients: [patient, parent, ...children], proxies };
}

function crowd(random: Random, clinic: SeedClinic, now: Date, taken: number): SeedPatient[] {
  return clinic.locations.flatMap((location, index) => {
    const count = PATIENTS_PER_LOCATION - (index === 0 ? taken : 0);
    return Array.from({ length: count }, (_, nth) => stranger(random, clinic, location, now, nth));
  });
}

function stranger(random: Random, clinic: SeedClinic, location: SeedLocation, now: Date, nth: number): SeedPatient {
  // Cities are mixed: one in eight comes from somewhere else.
  const names = NAMES[random.chance(0.125) ? random.pick(clinic.locations).key : location.key];
  const sex = random.chance(0.02) ? "other" : random.chance(0.53) ? "female" : "male";
  const givenName = random.pick(sex === "male" ? names.male : names.female);
  const familyName = random.pick(names.family);
  const age = random.chance(0.22) ? random.int(0, 15) : Math.min(random.int(16, 95), random.int(30, 95));
  const isChild = age < 16;
  const born = dayNumber(now.toISOString().slice(0, 10)) - age * 365 - Math.floor(age / 4) - random.int(1, 364);
  return {
    id: random.uuid(now),
    userId: null,
    givenName,
    familyName,
    dateOfBirth: dateOf(born),
    sex,
    email: !isChild && random.chance(0.75) ? `${plain(givenName)}.${plain(familyName)}${nth}@example.test` : null,
    phone: !isChild && random.chance(0.85) ? phoneAt(location, nth) : null,
    address: null,
    timeZone: location.timeZone,
    locationId: location.id,
    isChild,
  };
}

const plain = (name: string) =>
  name
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();

/** Numbers that no one has: regulators keep these ranges for fiction. */
function phoneAt(location: SeedLocation, nth: number): string {
  const two = String(nth % 100).padStart(2, "0");
  const prefix = { london: "+4477009008", newYork: "+121255501", kolkata: "+9133000001", sydney: "+614915701" };
  return `${prefix[location.key]}${two}`;
}
