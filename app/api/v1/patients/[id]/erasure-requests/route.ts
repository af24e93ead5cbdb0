import { endpoint, route } from "@/lib/platform/endpoint";
import { askErasure as ask } from "@/lib/privacy/erasure-requests";
import { askErasure } from "../../../_calls/privacy";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(askErasure, (ctx, { params }) => ask(ctx, { patientId: params.id })),
});
