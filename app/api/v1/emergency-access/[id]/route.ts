import { endpoint, route } from "@/lib/platform/endpoint";
import { closeGlass as close } from "@/lib/records/break-glass";
import { closeGlass } from "../../_calls/record-access";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(closeGlass, (ctx, { params }) => close(ctx, params)),
});
