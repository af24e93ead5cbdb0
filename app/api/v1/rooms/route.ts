import { createRoom as create } from "@/lib/clinic/create-room";
import { listRooms as list } from "@/lib/clinic/queries";
import { endpoint, route } from "@/lib/platform/endpoint";
import { createRoom, listRooms } from "../_calls/clinic";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listRooms, (ctx, { query }) => list(ctx, query)),
  POST: endpoint(createRoom, (ctx, { body }) => create(ctx, body)),
});
