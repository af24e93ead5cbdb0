import { z } from "zod";
import {
  createLocationInput,
  createRoomInput,
  createServiceInput,
  listLocationsInput,
  listRoomsInput,
  listServicesInput,
  updateLocationBody,
  updateRoomBody,
  updateServiceBody,
} from "@/lib/clinic/schemas";
import { locationView, roomView, serviceView } from "@/lib/clinic/views";
import { type Call, defineCall } from "@/lib/platform/api";
import { idParams, listOf } from "./shapes";

const tag = "Clinic";
const PUBLIC_SECONDS = 30;
const location = locationView.meta({ id: "Location" });
const room = roomView.meta({ id: "Room" });
const service = serviceView.meta({ id: "Service" });

/** List, read, create and change of one kind of thing that admins keep and everybody reads. */
const kept = { tag, access: "public", cacheSeconds: PUBLIC_SECONDS, status: 200 } as const satisfies Partial<Call>;
const written = { tag, access: "admin", versioned: true } as const satisfies Partial<Call>;

export const listLocations = defineCall({
  ...kept,
  method: "GET",
  path: "/locations",
  summary: "Places, in order of name",
  query: z.object(listLocationsInput.shape),
  response: listOf(location),
  refusals: ["forbidden"],
});
export const getLocation = defineCall({
  ...kept,
  method: "GET",
  path: "/locations/{id}",
  summary: "One place",
  params: idParams,
  response: location,
  versioned: true,
});
export const createLocation = defineCall({
  ...written,
  method: "POST",
  path: "/locations",
  summary: "Open a place",
  body: createLocationInput,
  status: 201,
  response: location,
  creates: true,
});
export const updateLocation = defineCall({
  ...written,
  method: "PATCH",
  path: "/locations/{id}",
  summary: "Change a place",
  params: idParams,
  body: updateLocationBody,
  status: 200,
  response: location,
});

export const listRooms = defineCall({
  method: "GET",
  path: "/rooms",
  tag,
  access: "staff",
  summary: "Rooms, in order of name",
  query: z.object(listRoomsInput.shape),
  status: 200,
  response: listOf(room),
});
export const getRoom = defineCall({
  method: "GET",
  path: "/rooms/{id}",
  tag,
  access: "staff",
  summary: "One room",
  params: idParams,
  status: 200,
  response: room,
  versioned: true,
});
export const createRoom = defineCall({
  ...written,
  method: "POST",
  path: "/rooms",
  summary: "Add a room",
  body: createRoomInput,
  status: 201,
  response: room,
  creates: true,
});
export const updateRoom = defineCall({
  ...written,
  method: "PATCH",
  path: "/rooms/{id}",
  summary: "Change a room",
  params: idParams,
  body: updateRoomBody,
  status: 200,
  response: room,
  refusals: ["conflict"],
});

export const listServices = defineCall({
  ...kept,
  method: "GET",
  path: "/services",
  summary: "Services, in order of name",
  query: z.object(listServicesInput.shape),
  response: listOf(service),
  refusals: ["forbidden"],
});
export const getService = defineCall({
  ...kept,
  method: "GET",
  path: "/services/{id}",
  summary: "One service",
  params: idParams,
  response: service,
  versioned: true,
});
export const createService = defineCall({
  ...written,
  method: "POST",
  path: "/services",
  summary: "Offer a service",
  body: createServiceInput,
  status: 201,
  response: service,
  creates: true,
});
export const updateService = defineCall({
  ...written,
  method: "PATCH",
  path: "/services/{id}",
  summary: "Change a service",
  params: idParams,
  body: updateServiceBody,
  status: 200,
  response: service,
});
