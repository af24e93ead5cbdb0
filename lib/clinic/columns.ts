import { sql } from "drizzle-orm";
import { locations, roomServices, rooms, services } from "@/db/schema";

// What a view is read from, once for every query and every `returning`.

export const locationColumns = {
  id: locations.id,
  name: locations.name,
  timeZone: locations.timeZone,
  address: locations.address,
  phone: locations.phone,
  active: locations.active,
  version: locations.version,
};

export const serviceColumns = {
  id: services.id,
  name: services.name,
  description: services.description,
  durationMinutes: services.durationMinutes,
  modality: services.modality,
  audience: services.audience,
  slotStepMinutes: services.slotStepMinutes,
  bufferBeforeMinutes: services.bufferBeforeMinutes,
  bufferAfterMinutes: services.bufferAfterMinutes,
  minNoticeMinutes: services.minNoticeMinutes,
  horizonDays: services.horizonDays,
  cancelCutoffMinutes: services.cancelCutoffMinutes,
  rescheduleCutoffMinutes: services.rescheduleCutoffMinutes,
  maxReschedules: services.maxReschedules,
  selfBookable: services.selfBookable,
  requiresRoom: services.requiresRoom,
  reminderMinutes: services.reminderMinutes,
  followUpMinutes: services.followUpMinutes,
  nextVisitWeeks: services.nextVisitWeeks,
  nextVisitServiceId: services.nextVisitServiceId,
  active: services.active,
  version: services.version,
};

export const roomColumns = {
  id: rooms.id,
  locationId: rooms.locationId,
  name: rooms.name,
  serviceIds: sql<
    string[]
  >`array(select ${roomServices.serviceId} from ${roomServices} where ${roomServices.roomId} = "rooms"."id" order by 1)`,
  active: rooms.active,
  version: rooms.version,
};
