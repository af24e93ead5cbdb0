import { endpoint, route } from "@/lib/platform/endpoint";
import { createTemplate as create, listTemplates as list } from "@/lib/records/templates";
import { createTemplate, listTemplates } from "../_calls/record-access";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listTemplates, (ctx, { query }) => list(ctx, query)),
  POST: endpoint(createTemplate, (ctx, { body }) => create(ctx, body)),
});
