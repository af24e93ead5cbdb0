import { eq, inArray } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { doctorLocations, doctorServices, doctors, locations, scheduleRules, services } from "@/db/schema";
import { MINUTE } from "@/lib/domain/interval";
import type { ScheduleException, WeeklyRule } from "@/lib/domain/schedule";
import type { VisitShape } from "@/lib/domain/slots";
import { ImportFault } from "./fault";
import type { ImportMap } from "./map";

export type ImportDoctor = { id: string; rules: WeeklyRule[]; exceptions: ScheduleException[] };
export type ImportPlace = { id: string; timeZone: string; doctors: ImportDoctor[] };
export type ImportClinic = {
  service: { id: string; shape: VisitShape; minNoticeMinutes: number; horizonDays: number };
  /** By name as the file writes it. */
  places: Map<string, ImportPlace>;
  zones: Map<string, string>;
  /** True where a doctor works at two of the places: their days can't be filled apart. */
  sharesDoctors: boolean;
};

/**
 * Finds the service, the places and their doctors, and with `createMissing` makes those that are not there, up to so many doctors a place.
 * Running it again makes nothing more.
 */
export async function prepareClinic(tx: Tx, mapFile: string, map: ImportMap, names: string[]): Promise<ImportClinic> {
  // Names do not keep two imports from making the same place twice.
  await tx.pg`select pg_advisory_xact_lock(hashtext('import'))`;
  const service = await findService(tx, mapFile, map);
  if (map.createMissing) await createPlaces(tx, map, names);
  const found = await findPlaces(tx, names);
  if (map.createMissing) {
    for (const place of found) await createDoctors(tx, map.createMissing, place, service.id);
  }
  const places = await readPlaces(tx, service.id);
  const all = [...places.values()].flat();
  return {
    service: {
      id: service.id,
      shape: {
        visit: service.durationMinutes * MINUTE,
        step: service.slotStepMinutes * MINUTE,
        before: service.bufferBeforeMinutes * MINUTE,
        after: service.bufferAfterMinutes * MINUTE,
      },
      minNoticeMinutes: service.minNoticeMinutes,
      horizonDays: service.horizonDays,
    },
    places: new Map(
      found.map(({ id, name, timeZone }) => [name, { id, timeZone, doctors: places.get(id) ?? [] }] as const),
    ),
    zones: new Map((await tx.db.select().from(locations)).map(({ id, timeZone }) => [id, timeZone])),
    sharesDoctors: new Set(all.map(({ id }) => id)).size < all.length,
  };
}

async function findService(tx: Tx, mapFile: string, map: ImportMap) {
  const { name, durationMinutes, horizonDays } = map.service;
  const find = () => tx.db.select().from(services).where(eq(services.name, name)).orderBy(services.id).limit(1);
  const [known] = await find();
  if (known) return known;
  if (!map.createMissing)
    throw new ImportFault(mapFile, `service.name: there is no service "${name}", and the map has no createMissing`);
  await tx.db.insert(services).values({ name, durationMinutes, horizonDays, slotStepMinutes: durationMinutes });
  const [made] = await find();
  if (!made) throw new Error("the new service cannot be read");
  return made;
}

/** The oldest place of each name: names need not be unique. */
const findPlaces = (tx: Tx, names: string[]) =>
  tx.db
    .selectDistinctOn([locations.name])
    .from(locations)
    .where(inArray(locations.name, names))
    .orderBy(locations.name, locations.id);

async function createPlaces(tx: Tx, map: ImportMap, names: string[]): Promise<void> {
  const known = new Set((await findPlaces(tx, names)).map(({ name }) => name));
  const missing = [...new Set(names)].filter((name) => !known.has(name));
  if (missing.length === 0) return;
  await tx.db.insert(locations).values(missing.map((name) => ({ name, timeZone: map.timeZone })));
}

async function createDoctors(
  tx: Tx,
  { doctorsPerLocation, hours }: NonNullable<ImportMap["createMissing"]>,
  place: { id: string; name: string },
  serviceId: string,
): Promise<void> {
  const there = await tx.db
    .select({ id: doctorLocations.doctorId })
    .from(doctorLocations)
    .innerJoin(doctorServices, eq(doctorServices.doctorId, doctorLocations.doctorId))
    .where(eq(doctorLocations.locationId, place.id));
  const made = Array.from(
    { length: Math.max(0, doctorsPerLocation - new Set(there.map(({ id }) => id)).size) },
    (_, nth) => ({
      id: uuidv7(),
      name: `${place.name} ${there.length + nth + 1}`,
    }),
  );
  if (made.length === 0) return;
  await tx.db.insert(doctors).values(made);
  await tx.db.insert(doctorServices).values(made.map(({ id }) => ({ doctorId: id, serviceId })));
  await tx.db.insert(doctorLocations).values(made.map(({ id }) => ({ doctorId: id, locationId: place.id })));
  await tx.db
    .insert(scheduleRules)
    .values(
      made.flatMap(({ id }) =>
        hours.flatMap(({ weekdays, start, end }) =>
          weekdays.map((weekday) => ({ doctorId: id, locationId: place.id, weekday, startTime: start, endTime: end })),
        ),
      ),
    );
}

/** Active doctors of the service by place, with all their hours; in the order of their ids, as search wants them. */
async function readPlaces(tx: Tx, serviceId: string): Promise<Map<string, ImportDoctor[]>> {
  const able = tx.db
    .select({ id: doctorServices.doctorId })
    .from(doctorServices)
    .innerJoin(doctors, eq(doctors.id, doctorServices.doctorId))
    .where(eq(doctorServices.serviceId, serviceId));
  const [rules, exceptions] = [
    await tx.db.select().from(scheduleRules).where(inArray(scheduleRules.doctorId, able)),
    await tx.pg<{ doctor_id: string; kind: "leave" | "extra"; location_id: string | null; starts: Date; ends: Date }[]>`
      select doctor_id, kind, location_id, lower(during) as starts, upper(during) as ends from schedule_exceptions`,
  ];
  const byId = new Map<string, ImportDoctor>();
  const doctor = (id: string) => {
    const known = byId.get(id) ?? { id, rules: [], exceptions: [] };
    byId.set(id, known);
    return known;
  };
  const at = new Map<string, Set<string>>();
  const worksAt = (locationId: string, id: string) => at.set(locationId, (at.get(locationId) ?? new Set()).add(id));
  for (const rule of rules) {
    const [start, end] = [rule.startTime.slice(0, 5), rule.endTime.slice(0, 5)];
    doctor(rule.doctorId).rules.push({ ...rule, start, end });
    worksAt(rule.locationId, rule.doctorId);
  }
  for (const { doctor_id, kind, location_id, starts, ends } of exceptions) {
    if (!byId.has(doctor_id)) continue;
    const span = { start: starts.getTime() / 1_000, end: ends.getTime() / 1_000 };
    doctor(doctor_id).exceptions.push({ kind, locationId: location_id, ...span });
    if (location_id) worksAt(location_id, doctor_id);
  }
  return new Map([...at].map(([place, ids]) => [place, [...ids].sort().map((id) => doctor(id))]));
}
