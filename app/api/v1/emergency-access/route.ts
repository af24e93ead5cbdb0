import { endpoint, route } from "@/lib/platform/endpoint";
import { openGlass as open } from "@/lib/records/break-glass";
import { listGlass as list } from "@/lib/records/list-glass";
import { listGlass, openGlass } from "../_calls/record-access";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listGlass, (ctx, { query }) => list(ctx, query)),
  POST: endpoint(openGlass, (ctx, { body }) => open(ctx, body)),
});
