import { endpoint, route } from "@/lib/platform/endpoint";
import { grantAccess as grant, listGrants as list } from "@/lib/records/grants";
import { grantAccess, listGrants } from "../_calls/record-access";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listGrants, (ctx, { query }) => list(ctx, query)),
  POST: endpoint(grantAccess, (ctx, { body }) => grant(ctx, body)),
});
