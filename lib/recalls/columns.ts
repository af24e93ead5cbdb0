import { recalls } from "@/db/schema";

/** What a recall's view is read from. */
export const recallColumns = {
  id: recalls.id,
  name: recalls.name,
  serviceId: recalls.serviceId,
  months: recalls.months,
  countsAnyVisit: recalls.countsAnyVisit,
  doctorId: recalls.doctorId,
  locationId: recalls.locationId,
  minAge: recalls.minAge,
  maxAge: recalls.maxAge,
  active: recalls.active,
  version: recalls.version,
};
