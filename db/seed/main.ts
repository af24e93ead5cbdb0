import type { PgTable } from "drizzle-orm/pg-core";
import { type Db, type Tx, withActor } from "@/db/client";
import { range } from "@/db/ranges";
import {
  appointmentEvents,
  appointments,
  doctorLocations,
  doctorServices,
  doctors,
  locations,
  patientProxies,
  patients,
  roomServices,
  rooms,
  scheduleExceptions,
  scheduleRules,
  services,
  settings,
  users,
} from "@/db/schema";
import { settingKey } from "@/lib/clinic/settings";
import type { Interval } from "@/lib/domain/interval";
import { sealNewPatients } from "@/lib/patients/new-identifiers";
import { isProduction } from "@/lib/platform/env";
import type { Storage } from "@/lib/platform/storage";
import { planClinic, type SeedClinic } from "./clinic";
import { writeFollowUps } from "./follow-ups";
import { planPeople, type SeedPeople } from "./people";
import { CLINIC } from "./places";
import { type Random, randomFrom } from "./random";
import { writeRecords } from "./records";
import { planVisits, type SeedVisit } from "./visits";
import { planWaitlist, writeWaitlist } from "./waitlist";

const SEED = 20_260_401;
const ADMIN_EMAIL = "admin@demo.test";
/** PostgreSQL takes 65,534 parameters in one statement; the widest row has 26. */
const ROWS_AT_ONCE = 1_000;

/**
 * Fills an empty, migrated database with the demo clinic: places, doctors, patients and sixteen weeks of visits around `now`, in one
 * transaction; nothing where it is there already. The same `now` makes the same clinic. No message is owed for a visit made here.
 * Files of records are put into `files`, and left out without it. Throws in production, and where the database holds anybody else's data, as the demo's passwords are known to all.
 */
export async function seedDemo(
  db: Db,
  now: Date,
  { progress = () => {}, files }: { progress?: (what: string) => void; files?: Storage } = {},
): Promise<void> {
  if (isProduction()) throw new Error("The demo clinic is not for production: its accounts have a known password.");
  await withActor({ db, actor: { kind: "system", job: "seed" }, requestId: "seed" }, async (tx) => {
    if (await isSeeded(tx)) return;
    const random = randomFrom(SEED);
    const clinic = planClinic(random, now);
    const people = await planPeople(random, clinic, now);
    const visits = planVisits(random, clinic, people, now);
    // Chance of its own, here and below, so that the clinic around it stays what it was.
    const waitlist = planWaitlist({ random: randomFrom(SEED + 2), clinic, people, visits, now });
    progress("places, services and doctors");
    await writeClinic(tx, clinic, people, now);
    progress(`${people.patients.length} patients`);
    await writePatients(tx, people, now);
    progress(`${visits.length} visits`);
    await writeVisits(tx, random, visits);
    await writeWaitlist(tx, insert, { random: randomFrom(SEED + 3), now }, waitlist);
    progress("medical records");
    await writeRecords(tx, { random: randomFrom(SEED + 1), clinic, people, visits, files });
    await writeFollowUps(tx, { random: randomFrom(SEED + 2), clinic, people, visits, now });
  });
}

async function isSeeded(tx: Tx): Promise<boolean> {
  const [found] = await tx.pg<{ demo: boolean; anyone: boolean }[]>`
    select exists (select from users where email = ${ADMIN_EMAIL}) as demo,
      exists (select from users) or exists (select from patients) or exists (select from locations) as anyone`;
  if (found?.anyone && !found.demo) throw new Error("The database is not empty: the demo clinic needs one of its own.");
  return found?.demo ?? false;
}

async function insert<T extends PgTable>(tx: Tx, table: T, rows: T["$inferInsert"][]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await tx.db.insert(table).values(rows.slice(at, at + ROWS_AT_ONCE));
  }
}

const toRange = ({ start, end }: Interval) => range(new Date(start * 1_000), new Date(end * 1_000));

async function writeClinic(tx: Tx, clinic: SeedClinic, people: SeedPeople, now: Date): Promise<void> {
  const { doctors: doctorSeeds } = clinic;
  await insert(
    tx,
    settings,
    Object.entries(CLINIC).map(([key, value]) => ({ key: settingKey(key as keyof typeof CLINIC), value })),
  );
  await insert(
    tx,
    users,
    people.users.map((user) => ({ ...user, emailVerifiedAt: now })),
  );
  await insert(
    tx,
    locations,
    clinic.locations.map(({ key: _, ...location }) => location),
  );
  await insert(
    tx,
    services,
    clinic.services.map(({ key: _k, weight: _w, people: _p, ...service }) => service),
  );
  await insert(
    tx,
    rooms,
    clinic.rooms.map(({ serviceIds: _, ...room }) => room),
  );
  await insert(
    tx,
    roomServices,
    clinic.rooms.flatMap(({ id, serviceIds }) => (serviceIds ?? []).map((serviceId) => ({ roomId: id, serviceId }))),
  );
  await insert(
    tx,
    doctors,
    doctorSeeds.map(({ id, userId, name, specialty }) => ({ id, userId, name, specialty })),
  );
  await insert(
    tx,
    doctorServices,
    doctorSeeds.flatMap(({ id, serviceIds }) => serviceIds.map((serviceId) => ({ doctorId: id, serviceId }))),
  );
  await insert(
    tx,
    doctorLocations,
    doctorSeeds.flatMap(({ id, locationIds }) => locationIds.map((locationId) => ({ doctorId: id, locationId }))),
  );
  await insert(
    tx,
    scheduleRules,
    doctorSeeds.flatMap(({ id: doctorId, rules }) =>
      rules.map(({ id, locationId, weekday, start, end, serviceIds }) => ({
        id,
        doctorId,
        locationId,
        weekday,
        startTime: start,
        endTime: end,
        serviceIds: serviceIds ? [...serviceIds] : null,
      })),
    ),
  );
  await insert(
    tx,
    scheduleExceptions,
    doctorSeeds.flatMap(({ id: doctorId, exceptions }) =>
      exceptions.map(({ id, kind, locationId, reason, ...span }) => ({
        id,
        doctorId,
        kind,
        locationId,
        reason,
        during: toRange(span),
      })),
    ),
  );
}

async function writePatients(tx: Tx, people: SeedPeople, now: Date): Promise<void> {
  const sealed = await sealNewPatients(tx, people.patients);
  const rows = people.patients.map(
    ({ locationId: _l, isChild: _c, email: _e, phone: _p, address: _a, ...patient }, nth) => ({
      ...patient,
      ...sealed[nth],
    }),
  );
  await insert(tx, patients, rows);
  const capabilities = ["view", "book", "cancel", "records"];
  await insert(
    tx,
    patientProxies,
    people.proxies.map((proxy) => ({ ...proxy, capabilities, createdAt: now })),
  );
}

async function writeVisits(tx: Tx, random: Random, visits: SeedVisit[]): Promise<void> {
  const rows = visits.map(({ during, busy, events, ...visit }) => ({
    ...visit,
    during: toRange(during),
    busy: toRange(busy),
    version: events.length,
    createdAt: visit.requestedAt,
    updatedAt: events.at(-1)?.at ?? visit.requestedAt,
  }));
  await insert(tx, appointments, rows);
  const events = visits.flatMap((visit) =>
    visit.events.map((event, index) => ({
      ...event,
      id: random.uuid(event.at),
      appointmentId: visit.id,
      version: index + 1,
      actorKind: "user" as const,
      actorUserId: visit.createdByUserId,
    })),
  );
  await insert(tx, appointmentEvents, events);
}
