import { sql } from "drizzle-orm";
import { doctorLocations, doctorServices, doctors, locations, scheduleExceptions } from "@/db/schema";

export const doctorColumns = {
  id: doctors.id,
  name: doctors.name,
  specialty: doctors.specialty,
  serviceIds: sql<
    string[]
  >`array(select ${doctorServices.serviceId} from ${doctorServices} where ${doctorServices.doctorId} = "doctors"."id" order by 1)`,
  locationIds: sql<
    string[]
  >`array(select ${doctorLocations.locationId} from ${doctorLocations} where ${doctorLocations.doctorId} = "doctors"."id" order by 1)`,
  active: doctors.active,
  version: doctors.version,
};

export const exceptionColumns = {
  id: scheduleExceptions.id,
  doctorId: scheduleExceptions.doctorId,
  kind: scheduleExceptions.kind,
  locationId: scheduleExceptions.locationId,
  timeZone: locations.timeZone,
  from: sql<Date>`lower(${scheduleExceptions.during})`.mapWith((text: string) => new Date(text)),
  to: sql<Date>`upper(${scheduleExceptions.during})`.mapWith((text: string) => new Date(text)),
  reason: scheduleExceptions.reason,
};
