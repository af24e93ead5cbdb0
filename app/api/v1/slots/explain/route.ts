import { explainSlot as explain } from "@/lib/availability/explain-slot";
import { endpoint, route } from "@/lib/platform/endpoint";
import { explainSlot } from "../../_calls/slots";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(explainSlot, (ctx, { query }) => explain(ctx, query)),
});
