import { releaseHold } from "@/lib/appointments/release-hold";
import { endpoint, route } from "@/lib/platform/endpoint";
import { deleteHold } from "../../_calls/appointments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(deleteHold, (ctx, { params }) => releaseHold(ctx, params)),
});
