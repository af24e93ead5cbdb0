import { nextSlots as next } from "@/lib/availability/next-slots";
import { endpoint, route } from "@/lib/platform/endpoint";
import { nextSlots } from "../../_calls/slots";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(nextSlots, (ctx, { query }) => next(ctx, query)),
});
