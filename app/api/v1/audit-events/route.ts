import { listAuditEvents as list } from "@/lib/audit/list-audit-events";
import { endpoint, route } from "@/lib/platform/endpoint";
import { listAuditEvents } from "../_calls/patients";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listAuditEvents, (ctx, { query }) => list(ctx, query)),
});
