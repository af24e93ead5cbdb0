import { holdSlot } from "@/lib/appointments/hold-slot";
import { endpoint, route } from "@/lib/platform/endpoint";
import { createHold } from "../_calls/appointments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(createHold, (ctx, { body }) => holdSlot(ctx, body)),
});
