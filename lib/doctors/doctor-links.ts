import { and, eq, inArray, notInArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { doctorLocations, doctorServices, locations, scheduleRules, services } from "@/db/schema";
import { type FieldError, type Refused, refuse } from "@/lib/domain/result";
import { unknownIdErrors } from "@/lib/platform/refusals";

type Links = { serviceIds?: readonly string[]; locationIds?: readonly string[] };

/** Makes the given lists the doctor's services and places; a list that is left out stays. Touches only the rows that differ. */
export async function setDoctorLinks(
  tx: Tx,
  doctorId: string,
  links: Links,
): Promise<Refused<"validation_failed" | "conflict"> | null> {
  const errors = [
    ...(await unknownServices(tx, links.serviceIds ?? [])),
    ...(await unknownLocations(tx, links.locationIds ?? [])),
  ];
  if (errors.length > 0) return refuse("validation_failed", { errors });
  if (links.serviceIds) await setServices(tx, doctorId, [...new Set(links.serviceIds)]);
  return links.locationIds ? setLocations(tx, doctorId, [...new Set(links.locationIds)]) : null;
}

async function unknownServices(tx: Tx, given: readonly string[]): Promise<FieldError[]> {
  if (given.length === 0) return [];
  const known = await tx.db.select({ id: services.id }).from(services).where(inArray(services.id, given));
  return unknownIdErrors("serviceIds", given, new Set(known.map(({ id }) => id)));
}

async function unknownLocations(tx: Tx, given: readonly string[]): Promise<FieldError[]> {
  if (given.length === 0) return [];
  const known = await tx.db.select({ id: locations.id }).from(locations).where(inArray(locations.id, given));
  return unknownIdErrors("locationIds", given, new Set(known.map(({ id }) => id)));
}

async function setServices(tx: Tx, doctorId: string, wanted: string[]): Promise<void> {
  await tx.db
    .delete(doctorServices)
    .where(and(eq(doctorServices.doctorId, doctorId), notInArray(doctorServices.serviceId, wanted)));
  if (wanted.length === 0) return;
  const rows = wanted.map((serviceId) => ({ doctorId, serviceId }));
  await tx.db.insert(doctorServices).values(rows).onConflictDoNothing();
}

async function setLocations(tx: Tx, doctorId: string, wanted: string[]): Promise<Refused<"conflict"> | null> {
  const [rule] = await tx.db
    .select({ id: scheduleRules.id })
    .from(scheduleRules)
    .where(and(eq(scheduleRules.doctorId, doctorId), notInArray(scheduleRules.locationId, wanted)))
    .limit(1);
  if (rule) {
    const message = "leaves out a place where the doctor has hours; take those away first";
    return refuse("conflict", { errors: [{ path: "locationIds", message }] });
  }
  await tx.db
    .delete(doctorLocations)
    .where(and(eq(doctorLocations.doctorId, doctorId), notInArray(doctorLocations.locationId, wanted)));
  if (wanted.length === 0) return null;
  const rows = wanted.map((locationId) => ({ doctorId, locationId }));
  await tx.db.insert(doctorLocations).values(rows).onConflictDoNothing();
  return null;
}
