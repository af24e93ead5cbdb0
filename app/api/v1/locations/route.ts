import { createLocation as create } from "@/lib/clinic/create-location";
import { listLocations as list } from "@/lib/clinic/queries";
import { endpoint, route } from "@/lib/platform/endpoint";
import { createLocation, listLocations } from "../_calls/clinic";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listLocations, (ctx, { query }) => list(ctx, query)),
  POST: endpoint(createLocation, (ctx, { body }) => create(ctx, body)),
});
