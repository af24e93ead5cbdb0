import { sql } from "drizzle-orm";
import { patients } from "@/db/schema";

export const patientColumns = {
  id: patients.id,
  recordNumber: patients.recordNumber,
  givenName: patients.givenName,
  familyName: patients.familyName,
  name: sql<string>`${patients.givenName} || ' ' || ${patients.familyName}`,
  dateOfBirth: patients.dateOfBirth,
  sex: patients.sex,
  email: patients.email,
  phone: patients.phone,
  address: patients.address,
  timeZone: patients.timeZone,
  locale: patients.locale,
  version: patients.version,
};
