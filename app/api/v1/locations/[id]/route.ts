import { getLocation as get } from "@/lib/clinic/queries";
import { updateLocation as update } from "@/lib/clinic/update-location";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getLocation, updateLocation } from "../../_calls/clinic";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getLocation, (ctx, { params }) => get(ctx, params)),
  PATCH: endpoint(updateLocation, (ctx, { params, body, expectedVersion }) =>
    update(ctx, { ...params, ...body, expectedVersion }),
  ),
});
