import { extendHold as extend } from "@/lib/appointments/extend-hold";
import { endpoint, route } from "@/lib/platform/endpoint";
import { extendHold } from "../../../_calls/appointments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(extendHold, (ctx, { params }) => extend(ctx, params)),
});
