import { createService as create } from "@/lib/clinic/create-service";
import { listServices as list } from "@/lib/clinic/queries";
import { endpoint, route } from "@/lib/platform/endpoint";
import { createService, listServices } from "../_calls/clinic";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listServices, (ctx, { query }) => list(ctx, query)),
  POST: endpoint(createService, (ctx, { body }) => create(ctx, body)),
});
